package dev.dumpkeeper.web;

import java.nio.file.Path;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who may use the management port.
 *
 * @param usersFile a line for each user, {@code NAME ROLE HASH}; without a file nobody
 * has access
 * @param trustedProxies a regular expression over the addresses of proxies whose
 * {@code X-Forwarded-For} is trusted on the application port; without one none is
 */
@ConfigurationProperties("dumpkeeper.security")
record SecurityProperties(@Nullable Path usersFile, @Nullable Pattern trustedProxies) {

}
