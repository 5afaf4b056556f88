package dev.dumpkeeper.scan;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which volumes are looked after.
 *
 * @param include names or globs; all volumes where empty
 * @param exclude names or globs
 */
@ConfigurationProperties("dumpkeeper.volumes")
record VolumeProperties(@DefaultValue List<String> include, @DefaultValue List<String> exclude) {

}
