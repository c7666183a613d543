# One image for web, worker and beat: same code, same commands as ./run uses.
FROM python:3.12.12-slim-bookworm

RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core postgresql-client \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 10001 ct \
 && install -d -o ct -g ct /data

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=ct_platform.settings.prod CT_DATA=/data
WORKDIR /srv/ct
COPY requirements-uv.txt requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements-uv.txt \
 && uv pip install --system --no-cache --require-hashes -r requirements.txt
COPY --chown=ct:ct . .
# Static files are collected at build time under settings that need no secret.
RUN CT_DATA=/tmp/build DJANGO_SETTINGS_MODULE=ct_platform.settings.collect \
      python manage.py collectstatic --noinput \
 && mv /tmp/build/staticfiles /srv/ct/staticfiles
ENV STATIC_ROOT=/srv/ct/staticfiles
USER ct
EXPOSE 8000
