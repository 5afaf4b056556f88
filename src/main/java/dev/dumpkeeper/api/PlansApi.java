package dev.dumpkeeper.api;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import dev.dumpkeeper.api.ApiAdvice.NotFoundException;
import dev.dumpkeeper.retention.ExpiryPlan;
import dev.dumpkeeper.retention.PlanBook;
import dev.dumpkeeper.retention.PlanBook.ItemRow;
import dev.dumpkeeper.retention.PlanBook.PlanRow;
import dev.dumpkeeper.retention.PlanBook.VolumeRow;
import dev.dumpkeeper.run.Page;

/**
 * Plans of what is or would be deleted, the newest first.
 */
@RestController
@ConditionalOnApi
@RequestMapping(path = "/api/plans", produces = MediaType.APPLICATION_JSON_VALUE)
class PlansApi {

	private final PlanBook plans;

	PlansApi(PlanBook plans) {
		this.plans = plans;
	}

	@GetMapping
	PlanList plans(@RequestParam(required = false) @Nullable Long before,
			@RequestParam(defaultValue = Pages.USUAL) int limit) {
		int size = Pages.size(limit);
		Page<Plan, Long> page = Page.cut(this.plans.find(before, size + 1).stream().map(Plan::of).toList(), size,
				Plan::id);
		return new PlanList(page.entries(), page.next());
	}

	@GetMapping("/{id}")
	PlanDetails plan(@PathVariable long id) {
		Plan plan = this.plans.find(id).map(Plan::of).orElseThrow(NotFoundException::new);
		return new PlanDetails(plan, this.plans.volumes(id).stream().map(PlanVolume::of).toList());
	}

	/** A volume's part of a plan has a number of its own. */
	@GetMapping("/{id}/volumes/{part}/items")
	PlanItemList items(@PathVariable long id, @PathVariable long part, @RequestParam(defaultValue = "0") int after,
			@RequestParam(defaultValue = Pages.USUAL) int limit) {
		int size = Pages.size(limit);
		this.plans.volume(id, part).orElseThrow(NotFoundException::new);
		Page<PlanItem, Integer> page = Page.cut(
				this.plans.items(id, part, after, size + 1).stream().map(PlanItem::of).toList(), size, PlanItem::place);
		return new PlanItemList(page.entries(), page.next());
	}

	/**
	 * A page of plans.
	 *
	 * @param plans the newest first
	 * @param next the value of {@code before} for the next page, {@code null} at the end
	 */
	record PlanList(List<Plan> plans, @Nullable Long next) {

	}

	/**
	 * A plan.
	 */
	record Plan(long id, long run, ExpiryPlan.State state, Instant cutoff, String policy, @Nullable String refusal,
			@Nullable Long approvingRun, long objects, long bytes, boolean approvable) {

		static Plan of(PlanRow row) {
			return new Plan(row.id(), row.run(), row.state(), row.cutoff(), row.policy(), row.refusal(),
					row.approvingRun(), row.objects(), row.bytes(), row.isApprovable());
		}

	}

	/**
	 * A plan with its volumes.
	 */
	record PlanDetails(Plan plan, List<PlanVolume> volumes) {

	}

	/**
	 * A volume's part of a plan: how many objects it held, how many of them were to go,
	 * and how many stay although they are old enough.
	 */
	record PlanVolume(long part, String volume, long objects, long candidates, long bytes, long unnotified, long held,
			long newest, long unproven, @Nullable String failure, @Nullable Instant sweptAt, long deleted) {

		static PlanVolume of(VolumeRow row) {
			return new PlanVolume(row.id(), row.volume(), row.objects(), row.candidates(), row.bytes(), row.waiting(),
					row.held(), row.newest(), row.unproven(), row.failure(), row.sweptAt(), row.deleted());
		}

	}

	/**
	 * A page of what a plan names of a volume.
	 *
	 * @param items in the order of keys
	 * @param next the value of {@code after} for the next page, {@code null} at the end
	 */
	record PlanItemList(List<PlanItem> items, @Nullable Integer next) {

	}

	/**
	 * An object that a plan names, and what became of it.
	 */
	record PlanItem(int place, String key, long bytes, Instant lastModified, @Nullable String outcome,
			@Nullable String detail) {

		static PlanItem of(ItemRow row) {
			return new PlanItem(row.seq(), row.key(), row.size(), row.lastModified(), Pages.orNull(row.outcome()),
					Pages.orNull(row.detail()));
		}

	}

}
