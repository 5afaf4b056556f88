package dev.dumpkeeper.ledger;

import java.util.List;

/**
 * What the ledger has to know of the retention: its directories, below which the path of
 * a dump may name its owner, and whether whole dumps have to be told from others.
 *
 * @param directories relative to each volume, without slashes around them
 * @param keepNewest how many of the newest dumps stay, which have to be whole
 */
public record RetentionDirectories(List<String> directories, int keepNewest) {

}
