package dev.dumpkeeper.ledger;

import java.util.List;

/**
 * The retention settings that the ledger needs.
 *
 * @param directories relative to each volume, without slashes around them; the path of a
 * dump below one may name its owner
 * @param keepNewest how many of the newest dumps stay; unless it is 0, complete dumps
 * have to be identified
 */
public record RetentionDirectories(List<String> directories, int keepNewest) {

}
