# Built with tools in one stage; in another the packages of its libraries are taken apart; what is shipped is the program,
# those libraries and pdftotext, without shell or package manager.
# docker build -t synoptic . && docker run -p 127.0.0.1:8080:8080 -v synoptic:/data synoptic
FROM docker.io/library/debian:bookworm-slim@sha256:7b140f374b289a7c2befc338f42ebe6441b7ea838a042bbd5acbfca6ec875818 AS build
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

FROM docker.io/library/debian:bookworm-slim@sha256:7b140f374b289a7c2befc338f42ebe6441b7ea838a042bbd5acbfca6ec875818 AS parts
# As if nothing were installed, so that all that the libraries ask for comes along. Left out is what only other programs of
# these packages open; the check at the end is the loader's: both programs start in the image. /var/lib/dpkg/status.d says
# which packages are in it, for those who look for their faults.
RUN apt-get update -qq && mkdir -p /debs/partial && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      --download-only -o Dir::State::status=/dev/null -o Dir::Cache::archives=/debs \
      libmicrohttpd12 libsqlite3-0 libcjson1 libxml2 libcurl4 libutf8proc2 libarchive13 libuchardet0 libseccomp2 libxlsxwriter4 \
      libnettle8 zlib1g libpq5 poppler-utils ca-certificates base-files netbase tzdata \
    && rm -rf /var/lib/apt/lists/* && mkdir -p /image/var/lib/dpkg/status.d /image/data /image/tmp /image/etc/ssl/certs && cd /image \
    && for folder in bin sbin lib lib64; do mkdir -p usr/$folder && ln -s usr/$folder $folder; done \
    && for package in /debs/*.deb; do \
         name=$(dpkg-deb -f $package Package); \
         case $name in debconf|mawk|openssl|fonts-*|fontconfig-config|libcairo2|libpixman-*|libx11-*|libxcb*|libxau6|libxdmcp6|libxext6|libxrender1) continue;; esac; \
         dpkg-deb -x $package . && dpkg-deb -f $package >var/lib/dpkg/status.d/$name; \
       done \
    && find usr/bin usr/sbin -type f ! -name pdftotext -delete && rm -rf usr/share/man usr/share/locale usr/share/lintian usr/share/zoneinfo/right usr/share/zoneinfo/posix \
    && find usr/share/doc -type f ! -name copyright -delete \
    && cat usr/share/ca-certificates/mozilla/*.crt >etc/ssl/certs/ca-certificates.crt \
    && echo 'hosts: files dns' >etc/nsswitch.conf && echo 'synoptic:x:10001:10001::/data:/' >etc/passwd && echo 'synoptic:x:10001:' >etc/group \
    && chown 10001:10001 data && chmod 1777 tmp
COPY --from=build /src/build/synoptic /image/usr/local/bin/synoptic
RUN chroot /image /usr/local/bin/synoptic --version && chroot /image /usr/bin/pdftotext -v

FROM scratch
COPY --from=parts /image /
USER 10001:10001
VOLUME /data
EXPOSE 8080
ENV SYNOPTIC_DB=/data/synoptic.db SYNOPTIC_HOST=0.0.0.0 SYNOPTIC_PORT=8080 SYNOPTIC_TOKEN=auto
HEALTHCHECK --interval=30s --timeout=3s CMD ["synoptic", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["synoptic"]
CMD ["serve", "--sample"]
