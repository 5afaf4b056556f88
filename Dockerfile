# syntax=docker/dockerfile:1
# Pinned by version and not by digest: no registry could be asked for one where this was written. A released image's
# provenance names the digests that it was built from; --build-arg RUNTIME_IMAGE=NAME:TAG@sha256:... sets one.
ARG BUILD_IMAGE=maven:3.9.11-eclipse-temurin-17-noble
ARG JDK_IMAGE=eclipse-temurin:25.0.3_9-jdk-noble
ARG RUNTIME_IMAGE=eclipse-temurin:25.0.3_9-jre-noble

FROM ${BUILD_IMAGE} AS jar
WORKDIR /build
COPY pom.xml LICENSE NOTICE ./
COPY .mvn .mvn
COPY src src
# Tests need a gateway and run before an image is made.
RUN --mount=type=cache,target=/m2 mvn -q -B -Dmaven.repo.local=/m2 package -DskipTests

FROM ${JDK_IMAGE} AS layers
WORKDIR /build
COPY --from=jar /build/target/dumpkeeper.jar dumpkeeper.jar
COPY image/TrainingGateway.java TrainingGateway.java
RUN java -Djarmode=tools -jar dumpkeeper.jar extract --layers --destination layers \
	&& mkdir -p layers/snapshot-dependencies layers/spring-boot-loader sbom \
	&& jar --extract --file dumpkeeper.jar --dir sbom META-INF/sbom/application.cdx.json \
	&& javac -d training TrainingGateway.java

FROM ${RUNTIME_IMAGE}
# What charts are written with: without fonts messages go without charts. Micro Hei has the Chinese letters.
# Not pinned: the archive keeps one version of each, and a font breaks nothing.
# What differs from build to build goes. fontconfig leaves its cache aside where a directory's time has a fraction, which
# no layer keeps: every start would read all fonts again.
# hadolint ignore=DL3008
RUN apt-get update \
	&& apt-get install -y --no-install-recommends fontconfig fonts-dejavu-core fonts-wqy-microhei \
	&& find /usr/share/fonts /usr/local/share/fonts -type d -exec touch -d 2026-01-01T00:00:00Z {} + \
	&& fc-cache -s -f \
	&& rm -rf /var/lib/apt/lists/* /var/log/apt /var/log/*.log /var/cache/ldconfig/aux-cache
WORKDIR /app
# What changes least lies lowest.
COPY --from=layers /build/layers/dependencies/ ./
COPY --from=layers /build/layers/spring-boot-loader/ ./
COPY --from=layers /build/layers/snapshot-dependencies/ ./
COPY --from=layers /build/layers/application/ ./
COPY --from=layers /build/sbom/META-INF/sbom/application.cdx.json /usr/share/sbom/dumpkeeper.cdx.json
COPY LICENSE NOTICE /usr/share/doc/dumpkeeper/
COPY image/java.options image/health image/aot-cache ./
# In this very stage: the cache holds the times of the jars, and the JVM that made it.
RUN --mount=type=bind,from=layers,source=/build/training,target=/training ./aot-cache /app /training && rm -rf /tmp/hsperfdata_*
# Only the H2 file of somebody without a database is written, below /data.
RUN mkdir -m 0700 /data && chown 10001:10001 /data
WORKDIR /data
USER 10001:10001
EXPOSE 8080 8081
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["/app/health"]
ENTRYPOINT ["java", "@/app/java.options", "-XX:AOTCache=/app/dumpkeeper.aot", "-jar", "/app/dumpkeeper.jar"]
# Last: no layer is made anew because of a new version.
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Dumpkeeper" \
	org.opencontainers.image.description="Looks after the JuiceFS volume that JVMs write their heap dumps to" \
	org.opencontainers.image.version="${VERSION}" \
	org.opencontainers.image.revision="${REVISION}" \
	org.opencontainers.image.base.name="eclipse-temurin:25.0.3_9-jre-noble"
