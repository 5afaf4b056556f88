package dev.dumpkeeper.metadata;

import dev.dumpkeeper.gateway.ListingSource;
import dev.dumpkeeper.gateway.PathResolver;

/**
 * JuiceFS's metadata database as the application reads it, for tests of other rooms.
 */
public final class TestMetadata implements AutoCloseable {

	private final MetadataDatabase database;

	/**
	 * Opens it.
	 * @param url its address, for JDBC
	 * @param username who reads it
	 * @param password the reader's password
	 */
	public TestMetadata(String url, String username, String password) {
		this.database = new MetadataDatabase(url, username, password);
	}

	/**
	 * The database of a further gateway.
	 * @param gateway the gateway's name
	 * @param url its address, for JDBC
	 * @return a database to which nobody has connected
	 */
	public static MetadataDatabase of(String gateway, String url) {
		return new MetadataDatabase(gateway, new MetadataProperties(url, "sa", ""));
	}

	/**
	 * What lists volumes in it.
	 * @return the source, which also reads single files
	 */
	public ListingSource listings() {
		return new JuicefsListings(this.database, new JuicefsPaths(this.database));
	}

	/**
	 * What identifies links in it.
	 * @return the resolver
	 */
	public PathResolver paths() {
		return new JuicefsPaths(this.database);
	}

	@Override
	public void close() {
		this.database.close();
	}

}
