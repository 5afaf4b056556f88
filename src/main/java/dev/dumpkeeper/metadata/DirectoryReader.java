package dev.dumpkeeper.metadata;

import java.sql.SQLException;
import java.util.List;

/**
 * Reads what a directory holds, a page at a time.
 */
@FunctionalInterface
interface DirectoryReader {

	/**
	 * Reads on.
	 * @param directory its inode
	 * @param after the name behind which the page begins, empty for the first
	 * @param limit how many names at most
	 * @return names in the order of their bytes; fewer than {@code limit} only at the end
	 */
	Page read(long directory, byte[] after, int limit) throws SQLException;

	/**
	 * What was read.
	 *
	 * @param entries in the order of the bytes of their names
	 * @param next the name behind which the next page begins
	 * @param last whether there is no further page
	 */
	record Page(List<DirectoryEntry> entries, byte[] next, boolean last) {

	}

}
