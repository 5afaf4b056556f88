package dev.dumpkeeper.scan;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which volumes are managed.
 *
 * @param include names or globs; empty for all volumes
 * @param exclude names or globs
 */
@ConfigurationProperties("dumpkeeper.volumes")
record VolumeProperties(@DefaultValue List<String> include, @DefaultValue List<String> exclude) {

}
