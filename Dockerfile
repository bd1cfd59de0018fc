# The site's image: web server and worker. Nothing in it is secret; what it needs to know comes by environment (.env.example).
FROM python:3.13-slim-trixie AS packages

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements/production.txt /tmp/production.txt
RUN python -m venv /opt/site \
    && /opt/site/bin/pip install --require-hashes --only-binary :all: -r /tmp/production.txt


FROM python:3.13-slim-trixie

ENV PATH=/opt/site/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=cms.settings.production \
    VAR_DIR=/srv \
    STATIC_ROOT=/srv/static \
    MEDIA_ROOT=/srv/media

RUN useradd --system --uid 10001 --user-group --home-dir /srv/encynet --shell /usr/sbin/nologin site \
    && install -d -o site -g site /srv/media /srv/static /srv/standby

COPY --from=packages /opt/site /opt/site
WORKDIR /srv/encynet
COPY . .

# The values only let the settings load: collecting files contacts nobody, and none of them stays in the image.
RUN python -m tools.catalogues \
    && SECRET_KEY=building ALLOWED_HOSTS=building DATABASE_URL=postgres://building/building \
       ELASTICSEARCH_URL=http://building python manage.py collectstatic --noinput --verbosity 0

USER site
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "-m", "tools.healthcheck"]
# Workers by WEB_CONCURRENCY; each has threads, since a request mostly waits for the database or the search engine.
CMD ["gunicorn", "cms.wsgi", "--bind", "0.0.0.0:8000", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--limit-request-line", "0", "--access-logfile", "-"]
