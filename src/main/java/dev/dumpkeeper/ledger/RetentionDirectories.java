package dev.dumpkeeper.ledger;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the retention needs of the ledger: its directories, below which the path of a dump
 * may name its owner, and whether whole dumps have to be told from others.
 *
 * @param directories relative to each volume
 * @param keepNewest how many of the newest dumps stay, which have to be whole
 */
@ConfigurationProperties("dumpkeeper.retention")
record RetentionDirectories(@DefaultValue("dumpfiles") List<String> directories, @DefaultValue("0") int keepNewest) {

}
