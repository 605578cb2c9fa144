# Two stages: the build tools stay behind. docker build -t synoptic . && docker run -p 127.0.0.1:8080:8080 -v synoptic:/data synoptic
FROM docker.io/library/debian:bookworm-slim AS build
RUN apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      gcc libc6-dev meson ninja-build pkg-config libmicrohttpd-dev libsqlite3-dev libcjson-dev libxml2-dev \
      libcurl4-openssl-dev libutf8proc-dev libarchive-dev libuchardet-dev libseccomp-dev libxlsxwriter-dev nettle-dev zlib1g-dev esbuild \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY meson.build meson_options.txt ./
COPY server server
COPY web web
COPY schema schema
RUN meson setup build -Dtests=false -Db_lto=true && ninja -C build synoptic && strip build/synoptic

FROM docker.io/library/debian:bookworm-slim
RUN apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      libmicrohttpd12 libsqlite3-0 libcjson1 libxml2 libcurl4 libutf8proc2 libarchive13 libuchardet0 libseccomp2 libxlsxwriter4 libnettle8 zlib1g libpq5 poppler-utils ca-certificates \
    && rm -rf /var/lib/apt/lists/* && mkdir /data && chown 10001:10001 /data
COPY --from=build /src/build/synoptic /usr/local/bin/synoptic
USER 10001:10001
VOLUME /data
EXPOSE 8080
ENV SYNOPTIC_DB=/data/synoptic.db SYNOPTIC_HOST=0.0.0.0 SYNOPTIC_PORT=8080 SYNOPTIC_TOKEN=auto
HEALTHCHECK --interval=30s --timeout=3s CMD ["synoptic", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["synoptic"]
CMD ["serve", "--sample"]
