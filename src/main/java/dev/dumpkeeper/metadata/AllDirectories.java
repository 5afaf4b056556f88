package dev.dumpkeeper.metadata;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.gateway.ByGateway;
import dev.dumpkeeper.gateway.DirectoryTimes;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.VolumeName;

/**
 * The directories of several file systems. While one cannot be read, the changes in the
 * others are still reported.
 */
final class AllDirectories implements DirectoryTimes {

	private static final Logger logger = LoggerFactory.getLogger(AllDirectories.class);

	private final ByGateway<DirectoryTimes> parts;

	private final Set<String> failing = ConcurrentHashMap.newKeySet();

	AllDirectories(ByGateway<DirectoryTimes> parts) {
		this.parts = parts;
	}

	@Override
	public Set<String> changed(Collection<String> volumes, List<String> directories) {
		Set<String> changed = new TreeSet<>();
		this.parts.parts().forEach((gateway, part) -> {
			List<String> own = volumes.stream()
				.filter((volume) -> VolumeName.parse(volume).gateway().equals(gateway))
				.filter((volume) -> !VolumeName.parse(volume).isUnlisted())
				.toList();
			try {
				changed.addAll(part.changed(own, directories));
				this.failing.remove(gateway);
			}
			catch (GatewayException ex) {
				if (this.parts.parts().size() == 1) {
					throw ex;
				}
				if (this.failing.add(gateway)) {
					logger.warn("new dumps are found by the poll each minute for now: {}", ex.getMessage());
				}
			}
		});
		return changed;
	}

}
