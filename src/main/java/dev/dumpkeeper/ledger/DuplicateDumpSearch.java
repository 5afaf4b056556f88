package dev.dumpkeeper.ledger;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.scan.BucketLister;
import dev.dumpkeeper.scan.DuplicateFileDetector;

/**
 * Marks dumps that are listed under a second key anywhere at the gateway, also where
 * nobody looks for dumps: {@link DuplicateDumps} itself knows the keys of the ledger alone.
 */
final class DuplicateDumpSearch {

	private static final Logger logger = LoggerFactory.getLogger(DuplicateDumpSearch.class);

	private static final int PAGE = 1000;

	/** The newest dumps; 25 MB. Older ones keep their marks. */
	private static final int MOST = 1_000_000;

	private final JdbcTemplate jdbc;

	private final DumpGateway gateway;

	private final BucketLister lister;

	private final Progress progress;

	DuplicateDumpSearch(JdbcTemplate jdbc, DumpGateway gateway, BucketLister lister, Progress progress) {
		this.jdbc = jdbc;
		this.gateway = gateway;
		this.lister = lister;
		this.progress = progress;
	}

	/**
	 * Lists all volumes, marks the dumps that have a second key, and takes the mark from
	 * those that have none any more. Where a volume cannot be listed all marks stay as
	 * they are; nothing happens where paths are known or trusted.
	 */
	void mark() {
		if (this.gateway.pathTrust() == PathTrust.UNKNOWN) {
			DuplicateFileDetector.of(fingerprints(), this.gateway, this.lister, this.progress).ifPresent(this::mark);
		}
	}

	private long[] fingerprints() {
		long[][] found = { new long[PAGE] };
		int[] size = new int[1];
		forEach((dump) -> {
			if (size[0] == found[0].length) {
				found[0] = Arrays.copyOf(found[0], 2 * size[0]);
			}
			found[0][size[0]++] = dump.fingerprint();
		});
		return Arrays.copyOf(found[0], size[0]);
	}

	private void mark(DuplicateFileDetector sights) {
		int[] marked = new int[1];
		forEach((dump) -> {
			boolean twice = sights.isTwice(dump.fingerprint());
			marked[0] += twice ? 1 : 0;
			if (twice != dump.isMarked()) {
				this.jdbc.update("UPDATE dump SET second_key = ? WHERE id = ?", twice, dump.id());
			}
		});
		if (marked[0] > 0) {
			logger.warn("{} dumps are neither read nor given out, since a second key shows the same file and one of the"
					+ " two may be a link; dumpkeeper.metadata.url tells which", marked[0]);
		}
	}

	/** The newest first, in pages by number, so that no result set stays open. */
	private void forEach(Consumer<Known> each) {
		List<Known> page = List.of();
		int count = 0;
		do {
			long before = page.isEmpty() ? Long.MAX_VALUE : page.get(page.size() - 1).id();
			page = this.jdbc.query("""
					SELECT id, size, last_modified, second_key FROM dump
					WHERE present = TRUE AND size > 0 AND id < ? ORDER BY id DESC LIMIT ?""",
					(row, number) -> new Known(row.getLong(1),
							DuplicateFileDetector.fingerprint(row.getLong(2), Instant.ofEpochMilli(row.getLong(3))),
							row.getBoolean(4)),
					before, PAGE);
			page.forEach(each);
			count += page.size();
		}
		while (page.size() == PAGE && count < MOST);
	}

	/** A dump that is there. */
	private record Known(long id, long fingerprint, boolean isMarked) {

	}

}
