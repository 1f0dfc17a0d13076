using System.Globalization;

using FastRnn.Tests.Processes;

namespace FastRnn.Tests.Allocation;

/// <summary>Nothing is allocated, on any thread, after the first two steps.</summary>
public sealed class AllocationTests
{
    private static readonly Lazy<Dictionary<string, (long Total, long Mine)>> Measured = new(Measure);

    public static TheoryData<string> Cases =>
        [.. CountAllocations.Cases.Select(state => state.Name)
            .Where(name => !name.StartsWith(CountAllocations.Leak, StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Three_hundred_repetitions_allocate_nothing(string name) => Assert.Equal((0, 0), Measured.Value[name]);

    [Fact]
    public void An_allocation_would_be_seen()
    {
        Assert.InRange(Measured.Value[CountAllocations.Leak].Mine, 24 * SteadyState.Repetitions, 100 * SteadyState.Repetitions);
        Assert.InRange(
            Measured.Value[CountAllocations.LeakOfAnotherThread].Total, 24 * SteadyState.Repetitions, 1000 * SteadyState.Repetitions);
    }

    private static Dictionary<string, (long Total, long Mine)> Measure() => OwnProcess.Run<CountAllocations>()
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split('\t'))
        .ToDictionary(parts => parts[0], parts => (Number(parts[1]), Number(parts[2])), StringComparer.Ordinal);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
