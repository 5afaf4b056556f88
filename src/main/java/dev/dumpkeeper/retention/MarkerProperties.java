package dev.dumpkeeper.retention;

import java.util.List;

import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The marker that keeps a directory from being removed with its last dump.
 *
 * @param directories maintained in each volume that has or had such a directory at an
 * earlier pass, and in each volume that {@code volumes.include} names without a wildcard
 * @param name the marker's file name
 * @param content its content
 */
@Validated
@ConfigurationProperties("dumpkeeper.marker")
record MarkerProperties(@DefaultValue("dumpfiles") List<DirectoryPath> directories,
		@DefaultValue(".keep") @Pattern(regexp = "(?!\\.{1,2}$)[^/]{1,255}",
				message = "must be a file name without a slash") String name,
		@DefaultValue("keepdir") String content) {

}
