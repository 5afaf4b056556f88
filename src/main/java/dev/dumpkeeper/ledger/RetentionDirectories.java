package dev.dumpkeeper.ledger;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The retention's directories, below which the path of a dump may name its owner.
 *
 * @param directories relative to each volume
 */
@ConfigurationProperties("dumpkeeper.retention")
record RetentionDirectories(@DefaultValue("dumpfiles") List<String> directories) {

}
