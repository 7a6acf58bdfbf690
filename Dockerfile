# One image for every process of production; docker-compose.yml says which command each runs.
FROM python:3.11-slim-bookworm AS build

# The version that ./dev pins, too.
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /app
COPY pyproject.toml uv.lock ./
ENV UV_PYTHON_DOWNLOADS=never UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy
RUN uv sync --frozen --no-default-groups --python /usr/local/bin/python

FROM python:3.11-slim-bookworm

RUN apt-get update \
 && apt-get install -y --no-install-recommends \
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    fonts-morisawa-bizud-mincho fonts-morisawa-bizud-gothic fonts-ipamj-mincho \
    fonts-noto-cjk fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /nonexistent portal \
 && install -d -o portal -g portal /var/portal /var/portal/files /var/portal/anchors

WORKDIR /app
COPY --from=build /app/.venv .venv
COPY manage.py ./
COPY portal portal
COPY grants grants
COPY platforms platforms
COPY inspections inspections
COPY templates templates
COPY static static
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=portal.settings.production \
    PORTAL_VAR=/var/portal

# Style sheets and pictures go into the image; the values are needed to start and are not kept.
RUN SECRET_KEY=build AUDIT_ANCHOR_KEY=build FIELD_KEYS=build ALLOWED_HOSTS=build \
    python manage.py collectstatic --noinput --verbosity 0

USER portal
EXPOSE 8000
