package dev.dumpkeeper.lab;

import java.net.URI;
import java.util.List;
import java.util.SortedMap;

/**
 * A running S3 gateway with a volume behind it, and a reader that reads the volume
 * without asking the gateway. Paths are relative to the volume's root, whose directories
 * are the buckets.
 */
public interface TestGateway extends AutoCloseable {

	/** The access key every gateway accepts. */
	String ACCESS_KEY = "dumpkeeper-key";

	/** The secret key that belongs to it. */
	String SECRET_KEY = "dumpkeeper-secret";

	/**
	 * Where the gateway listens.
	 * @return its address, without a path
	 */
	URI endpoint();

	/**
	 * What is there, read past the gateway.
	 * @return the size of each path, in order of the paths; directories end with a slash
	 * and have size 0
	 */
	SortedMap<String, Long> sizes();

	/**
	 * Whether a file, directory or link is there, read past the gateway.
	 * @param path its path, with or without a trailing slash
	 * @return whether it exists
	 */
	boolean exists(String path);

	/**
	 * What is there, read past the gateway.
	 * @return the sorted paths; directories end with a slash
	 */
	default List<String> list() {
		return List.copyOf(sizes().keySet());
	}

	@Override
	void close();

}
