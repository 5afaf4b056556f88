package dev.dumpkeeper.hprof;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.hprof.DumpFacts.Verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Throws damaged dumps at {@link TriageResult}, the same ones each time.
 */
class DumpCheckMutationTests {

	private static final int INPUTS = 100_000;

	private static final long SEED = 20261125;

	@Test
	void noInputThrowsOrReadsWithoutEnd() {
		Map<Verdict, Integer> seen = new EnumMap<>(Verdict.class);
		assertTimeoutPreemptively(Duration.ofMinutes(5), () -> {
			List<byte[]> originals = originals();
			Random random = new Random(SEED);
			for (int i = 0; i < INPUTS; i++) {
				byte[] file = Mutations.mutate(originals.get(random.nextInt(originals.size())), random);
				CountingSource source = new CountingSource(file);
				if (random.nextInt(20) == 0) {
					source.readableUpTo(random.nextInt(file.length + 1));
				}
				// A size that is no longer true: the file has shrunk or grown since.
				long size = Math.max(0, file.length + ((random.nextInt(20) == 0) ? random.nextInt(200) - 100 : 0));
				DumpFacts facts = TriageResult.of(source, size).facts();
				assertThat(source.bytesRead()).as("input %d", i).isLessThanOrEqualTo(2 * size + 100);
				assertThat(source.reads()).as("input %d", i).hasSizeLessThan(10);
				seen.merge(facts.verdict(), 1, Integer::sum);
			}
		});
		assertThat(seen).containsOnlyKeys(Verdict.values());
	}

	private static List<byte[]> originals() {
		byte[] whole = HprofFile.begun()
			.record(0x1C, HprofFile.heap(150))
			.record(0x1C, HprofFile.heap(60))
			.end()
			.bytes();
		byte[] one = HprofFile.begun("1.0.1", 4, HprofFile.STARTED.toEpochMilli())
			.record(0x0C, HprofFile.heap(200))
			.bytes();
		HprofFile many = HprofFile.begun();
		for (int i = 0; i < 500; i++) {
			many.record(0x01, HprofFile.heap(12));
		}
		byte[] walked = many.record(0x0C, HprofFile.heap(3000)).bytes();
		return List.of(whole, one, walked, HprofFile.gzip(whole), HprofFile.gzip(one), HprofFile.gzip(walked),
				HprofFile.gzipLikeHotspot(whole, 6), HprofFile.gzipLikeHotspot(whole, 1, 100, whole.length - 9),
				HprofFile.gzipLikeHotspot(walked, 0, 4000));
	}

}
