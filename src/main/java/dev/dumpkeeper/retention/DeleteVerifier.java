package dev.dumpkeeper.retention;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.dumpkeeper.gateway.BulkAnswer;
import dev.dumpkeeper.gateway.DumpBucket;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.retention.ExpiryItemRepository.Resolution;

/**
 * Finds the objects that a bulk delete left behind, whatever the gateway answered, and
 * deletes them one by one.
 */
final class DeleteVerifier {

	/**
	 * Up to this many keys of a directory are verified one by one rather than by a
	 * sample.
	 */
	private static final int FEW = 20;

	private final DumpBucket bucket;

	private final MetadataCheck metadata;

	private final SingleDeletes deletes;

	DeleteVerifier(DumpBucket bucket, MetadataCheck metadata, SingleDeletes deletes) {
		this.bucket = bucket;
		this.metadata = metadata;
		this.deletes = deletes;
	}

	/**
	 * Verifies one bulk delete.
	 * @param resolutions receives the outcomes of keys that were checked one by one
	 * @return the outcome of the other keys of the batch
	 */
	Outcome verify(List<ExpiryItem> due, BulkAnswer answer, List<Resolution> resolutions) {
		Map<ObjectKey, ObjectEntry> left = this.metadata.find(due);
		if (left != null) {
			verifyEach(due, left, resolutions);
			return Outcome.DELETED;
		}
		verifySome(due, answer, resolutions);
		return answer.named() ? Outcome.DELETE_ACCEPTED : Outcome.DELETED;
	}

	private void verifyEach(List<ExpiryItem> due, Map<ObjectKey, ObjectEntry> left, List<Resolution> resolutions) {
		for (ExpiryItem item : due) {
			ObjectEntry file = left.get(item.key());
			if (file == null) {
				this.metadata.showsDeletes();
			}
			else if (item.is(file)) {
				Resolution resolution = this.deletes.retry(item);
				resolutions.add(resolution);
				if (resolution.outcome() == Outcome.DELETED) {
					this.metadata.mustNotShow(item);
				}
			}
			else {
				resolutions.add(BatchCheck.changed(item));
			}
		}
	}

	/**
	 * Verifies one key of each directory where a directory's keys succeed or fail
	 * together, as JuiceFS 1.4 reports no keys; otherwise verifies a sample and the keys
	 * that the gateway refused.
	 */
	private void verifySome(List<ExpiryItem> due, BulkAnswer answer, List<Resolution> resolutions) {
		Set<String> refused = answer.refusals().stream().map(BulkAnswer.Refusal::name).collect(Collectors.toSet());
		Map<String, List<ExpiryItem>> directories = due.stream()
			.collect(Collectors.groupingBy((item) -> item.key().directory(), LinkedHashMap::new, Collectors.toList()));
		for (List<ExpiryItem> siblings : directories.values()) {
			ExpiryItem sample = siblings.get(siblings.size() - 1);
			if (this.bucket.stat(sample.key()).isPresent()) {
				siblings.forEach((item) -> resolutions.add(this.deletes.retry(item)));
			}
			else if (answer.named()) {
				resolutions.add(new Resolution(sample, Outcome.DELETED, null));
				siblings.stream()
					.filter((item) -> item != sample
							&& (siblings.size() <= FEW || refused.contains(item.key().value())))
					.forEach((item) -> resolutions.add(this.deletes.retry(item)));
			}
		}
	}

}
