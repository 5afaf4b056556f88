package dev.dumpkeeper.digest;

import java.time.Duration;
import java.time.LocalDate;

import dev.dumpkeeper.hprof.Death;

/**
 * {@link Words} in Chinese.
 */
final class ChineseWords implements Words {

	@Override
	public String unknownEnvironment() {
		return "未知环境";
	}

	@Override
	public String unknownWorkload() {
		return "未知应用";
	}

	@Override
	public String unknownName() {
		return "无名称";
	}

	@Override
	public String dumps(long dumps) {
		return number(dumps) + " 个";
	}

	@Override
	public String excess(long groups) {
		return "另有 " + number(groups) + " 个应用或目录";
	}

	@Override
	public String workloads(long workloads) {
		return number(workloads) + " 个应用";
	}

	@Override
	public String digestTitle(long digest, int page, int pages) {
		return "堆转储汇总 #" + digest + "（第 " + page + "/" + pages + " 页）";
	}

	@Override
	public String nobodyWasTold(long dumps) {
		return "尚未通知的堆转储 " + dumps(dumps);
	}

	@Override
	public String condition(DumpCondition condition) {
		return switch (condition) {
			case COMPLETE -> "完整";
			case TRUNCATED -> "截断";
			case UNKNOWN -> "完整性未知";
			case EMPTY -> "空文件";
			case FAILED -> "写入失败";
			case NOT_A_DUMP -> "非转储";
			case NOT_LOOKED_AT -> "尚未检查";
		};
	}

	@Override
	public String meaning(DumpCondition condition) {
		return switch (condition) {
			case COMPLETE -> "";
			case TRUNCATED -> "截断：写入过程中 JVM 被终止或磁盘已满，文件或许仍能部分打开";
			case UNKNOWN -> "完整性未知：快速检查未找到转储结尾，维护任务读完整个文件后确定";
			case EMPTY -> "空文件：没有写入任何内容，通常是 JVM 退出时配额已满";
			case FAILED -> "写入失败：JVM 报告无法写出转储文件";
			case NOT_A_DUMP -> "非转储：文件名像堆转储，内容却不是";
			case NOT_LOOKED_AT -> "尚未检查：待检查的文件过多，还没有轮到它；可用 run inspect 立即检查";
		};
	}

	@Override
	public String broken(long dumps) {
		return "（异常 " + number(dumps) + "）";
	}

	@Override
	public String kind(Death.Kind kind) {
		return switch (kind) {
			case HEAP_SPACE -> "堆内存溢出";
			case METASPACE -> "元空间溢出";
			case THREAD -> "无法创建线程";
			case ASKED_FOR -> "非内存溢出，手动导出";
			case UNKNOWN -> "";
		};
	}

	@Override
	public String topFrame(String frame) {
		return "栈顶 " + frame;
	}

	@Override
	public String seen(long dumps, String since, long workloads) {
		return "自 " + since + " 起共 " + number(dumps) + " 次" + ((workloads > 1) ? "，涉及 " + workloads(workloads) : "");
	}

	@Override
	public String mostly(String type, int percent) {
		return type + " 占 " + percent + "%";
	}

	@Override
	public String download() {
		return "下载";
	}

	@Override
	public String lies(String place) {
		return "链接过长，位于 " + place;
	}

	@Override
	public String project(String project) {
		return "项目 " + project;
	}

	@Override
	public String datedInFuture(String time) {
		return "文件时间 " + time + " 晚于当前时间，不可信";
	}

	@Override
	public String heldAndWrittenAgain(String holder) {
		return holder + " 保留的文件已被改写，保留继续有效";
	}

	@Override
	public String restLiesIn(String places) {
		return "未逐一列出的堆转储位于 " + places;
	}

	@Override
	public String comma() {
		return "、";
	}

	@Override
	public String linksWorkFor(Duration validity) {
		return "下载链接自本消息发出起 " + duration(validity) + "内有效";
	}

	private static String duration(Duration time) {
		if (time.toHours() % 24 == 0 && time.toHours() > 0) {
			return time.toDays() + " 天";
		}
		if (time.toMinutes() % 60 == 0 && time.toMinutes() > 0) {
			return time.toHours() + " 小时";
		}
		return time.toMinutes() + " 分钟";
	}

	@Override
	public String linksWorkWhileThere() {
		return "堆转储被删除前，下载链接一直有效";
	}

	@Override
	public String more(long more) {
		return "另有 " + number(more) + " 个";
	}

	@Override
	public String continued() {
		return "（续）";
	}

	@Override
	public String follow(long workloads, long dumps) {
		return "另有" + ((workloads > 0) ? " " + workloads(workloads) + "的 " : " ") + number(dumps) + " 个堆转储将在下一期汇总中通知";
	}

	@Override
	public String reportTitle(LocalDate day) {
		return "堆转储日报 " + day;
	}

	@Override
	public String newDumps() {
		return "新增";
	}

	@Override
	public String told() {
		return "已通知";
	}

	@Override
	public String waiting() {
		return "待通知";
	}

	@Override
	public String expired() {
		return "过期删除";
	}

	@Override
	public String freed(String bytes) {
		return "释放 " + bytes;
	}

	@Override
	public String failed() {
		return "删除失败";
	}

	@Override
	public String held() {
		return "保留";
	}

	@Override
	public String objects(long objects) {
		return number(objects) + " 个";
	}

	@Override
	public String usage() {
		return "用量";
	}

	@Override
	public String ofCapacity(String bytes, String capacity, long percent) {
		return bytes + " / " + capacity + "（" + percent + "%）";
	}

	@Override
	public String unknownCapacity() {
		return "容量未知";
	}

	@Override
	public String belowThreshold() {
		return "正常";
	}

	@Override
	public String aboveThreshold() {
		return "即将写满";
	}

	@Override
	public String firstMeasured() {
		return "此前无测量";
	}

	@Override
	public String unchanged() {
		return "无变化";
	}

	@Override
	public String needsPerson() {
		return "需要人工处理";
	}

	@Override
	public String nothingNeedsAPerson() {
		return "没有需要人工处理的事项";
	}

	@Override
	public String quietDay() {
		return "平静的一天：没有新的堆转储，无需处理";
	}

	@Override
	public String volumes(long volumes) {
		return number(volumes) + " 个存储卷";
	}

	@Override
	public String fullest(String volume, long percent) {
		return "最满的是 " + volume + "（" + percent + "%）";
	}

	@Override
	public String lastSuccess(String time) {
		return "最近一次成功运行 " + time;
	}

	@Override
	public String lastSuccessIsOld(String time) {
		return "自 " + time + " 以来没有成功的运行";
	}

	@Override
	public String noSuccess() {
		return "尚无成功的运行";
	}

}
