package dev.dumpkeeper.web;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who may use the management port.
 *
 * @param usersFile a line for each user, {@code NAME ROLE HASH}; without a file nobody
 * has access
 */
@ConfigurationProperties("dumpkeeper.security")
record SecurityProperties(@Nullable Path usersFile) {

}
