package dev.dumpkeeper.gateway;

import java.util.List;
import java.util.OptionalInt;

/**
 * A gateway without the objects that are reached through symbolic links.
 */
final class LinkFreeGateway implements DumpGateway {

	private final DumpGateway gateway;

	private final PathResolver paths;

	LinkFreeGateway(DumpGateway gateway, PathResolver paths) {
		this.gateway = gateway;
		this.paths = paths;
	}

	@Override
	public List<String> volumes() {
		return this.gateway.volumes();
	}

	@Override
	public DumpBucket volume(String name) {
		return new LinkFreeBucket(this.gateway.volume(name), this.paths);
	}

	@Override
	public void cutOff() {
		this.gateway.cutOff();
	}

	@Override
	public OptionalInt trashDays(String volume) {
		return this.gateway.trashDays(volume);
	}

	@Override
	public PathTrust pathTrust() {
		return PathTrust.CHECKED;
	}

}
