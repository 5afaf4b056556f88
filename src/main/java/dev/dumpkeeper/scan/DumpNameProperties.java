package dev.dumpkeeper.scan;

import java.util.List;

import jakarta.validation.constraints.NotEmpty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is a dump.
 *
 * @param dumpPatterns globs over file names
 */
@Validated
@ConfigurationProperties("dumpkeeper.retention")
record DumpNameProperties(@DefaultValue( {
		"*.hprof", "*.hprof.gz" }) @NotEmpty List<String> dumpPatterns){

}
