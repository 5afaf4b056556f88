package dev.dumpkeeper.digest;

import java.time.ZoneId;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The zone that people live in.
 *
 * @param zone in which times are told and days end
 */
@ConfigurationProperties("dumpkeeper.schedule")
record DigestProperties(@DefaultValue("Asia/Shanghai") ZoneId zone) {

}
