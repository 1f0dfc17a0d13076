namespace FastRnn.Benchmarks.Embedded;

/// <summary>A line of the table.</summary>
/// <param name="Text">What it is.</param>
/// <param name="Measurement">The command of the program that finds it out.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Unit"><c>ns</c>, <c>us</c>, <c>ms</c>, <c>s</c>, <c>bytes</c>, or nothing.</param>
/// <param name="AtMost">The goal, in that unit; null if there is none, or another one.</param>
/// <param name="NativeOnly">Whether the goal is the native program's alone.</param>
/// <param name="AtLeast">The goal, if more is better.</param>
internal sealed record EmbeddedFigure(
    string Text, string Measurement, string Name, string Unit, double? AtMost = null, bool NativeOnly = false, double? AtLeast = null)
{
    public const string FromOutside = "outside";

    public static IReadOnlyList<EmbeddedFigure> All { get; } =
    [
        new("size of the program", FromOutside, "size_bytes", "bytes"),
        new("size without weights", FromOutside, "size_without_weights_bytes", "bytes", 2.5e6, NativeOnly: true),
        new("start to first prediction, p50", FromOutside, "start_p50_ms", "ms", 20, NativeOnly: true),
        new("start to first prediction, worst", FromOutside, "start_worst_ms", "ms"),
        new("peak memory up to there", FromOutside, "peak_memory_bytes", "bytes"),
        new("working set there", FromOutside, "working_set_bytes", "bytes"),
        new("of it not shared with other programs", FromOutside, "own_memory_bytes", "bytes"),
        new(
            "keywords in int8: peak memory up to the first prediction", FromOutside, "int8_peak_memory_bytes", "bytes", 4e6,
            NativeOnly: true),
        new("of it not shared with other programs", FromOutside, "int8_own_memory_bytes", "bytes"),
        new("system calls of the thread in 100,000 steps", FromOutside, "system_calls", "", 0, NativeOnly: true),
        new("framework: .NET", "steps", "framework", ""),
        new("bits of a vector", "steps", "vector_bits", ""),
        new("keywords, a step", "steps", "keywords_step_ns", "ns"),
        new("keywords, a step in blocks of 64", "steps", "keywords_step_in_block_ns", "ns"),
        new("pedal, a step", "steps", "pedal_step_ns", "ns"),
        new("pedal, a step in blocks of 64", "steps", "pedal_step_in_block_ns", "ns"),
        new("allocated in all steps", "steps", "allocated_bytes", "bytes", 0),
        new("pedal at 48 kHz: real-time factor", "blocks", "real_time_factor", "", 1),
        new("a block of 64, back to back: p50", "blocks", "block_p50_us", "us"),
        new("p99", "blocks", "block_p99_us", "us"),
        new("p99.9", "blocks", "block_p999_us", "us"),
        new("worst", "blocks", "block_worst_us", "us", 64e6 / 48_000),
        new("a block every 1.33 ms, its work: p50", "blocks", "paced_block_p50_us", "us"),
        new("p99", "blocks", "paced_block_p99_us", "us"),
        new("p99.9", "blocks", "paced_block_p999_us", "us"),
        new("worst", "blocks", "paced_block_worst_us", "us"),
        new("from when it was due to its end: p50", "blocks", "paced_finish_p50_us", "us"),
        new("p99", "blocks", "paced_finish_p99_us", "us"),
        new("p99.9", "blocks", "paced_finish_p999_us", "us", 64e6 / 48_000),
        new("worst", "blocks", "paced_finish_worst_us", "us", 64e6 / 48_000),
        new("allocated in all blocks", "blocks", "allocated_bytes", "bytes", 0),
        new("music through the pedal", "silence", "music_seconds", "s"),
        new("silence, against music", "silence", "silence_to_music", "", 1.05),
        new("1e-38, against music", "silence", "denormal_to_music", "", 1.05),
        new("silence: drift of the extremes of state and output", "silence", "silence_drift", "", 0),
        new("1e-38: drift of the extremes of state and output", "silence", "denormal_drift", "", 0),
        new("silence: samples until the state returns, bit by bit", "silence", "silence_cycle", "", AtLeast: 1),
        new("1e-38: samples until the state returns, bit by bit", "silence", "denormal_cycle", "", AtLeast: 1),
        new("denormal numbers in states", "silence", "denormal_states", "", 0),
        new("allocated in all of it", "silence", "allocated_bytes", "bytes", 0),
        new("streams on two threads", "streams", "streams", ""),
        new("a frame of each every", "streams", "hop_ms", "ms", 10),
        new("rows of a session", "streams", "best_batch", ""),
        new("share of both processors", "streams", "real_time_factor", "", 1),
        new("frame to logits: p50", "streams", "latency_p50_us", "us"),
        new("p99", "streams", "latency_p99_us", "us", 10_000),
        new("worst", "streams", "latency_worst_us", "us"),
        new("streams whose median pass takes 8 of 10 ms", "streams", "streams_that_fit", ""),
        new("allocated in all frames", "streams", "allocated_bytes", "bytes", 0),
    ];
}
