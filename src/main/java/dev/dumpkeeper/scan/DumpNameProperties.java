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

	DumpNameProperties {
		for (int i = 0; i < dumpPatterns.size(); i++) {
			String pattern = dumpPatterns.get(i);
			if (pattern.indexOf('/') >= 0) {
				throw new IllegalArgumentException("dumpkeeper.retention.dump-patterns[" + i
						+ "] has a slash in it but wants a pattern of file names, such as *.hprof");
			}
			// hprof is no file's name: whoever writes it means *.hprof.
			if (pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0 && pattern.indexOf('.') < 1) {
				throw new IllegalArgumentException("dumpkeeper.retention.dump-patterns[" + i
						+ "] has no wildcard and is no file's name but wants a pattern of file names, such as *.hprof");
			}
		}
	}

}
