using System.Globalization;

using FastRnn.Tests.Processes;
using FastRnn.Tests.RealTime;

namespace FastRnn.Tests.Allocation;

/// <summary>Measures every case where nobody else allocates. Writes one line for each: its name, a tab, bytes of all threads, a tab, bytes
/// of the calling one.</summary>
internal sealed class CountAllocations : IProgram
{
    public static IReadOnlyList<SteadyState> Cases { get; } =
    [
        .. KernelCases.All,
        .. InferenceCases.All,
        .. TrainingCases.All,
        .. StructuredCases.All,
        .. PacedCases.All,

        // That the count would be seen at all.
        new(Leak, () => (new MemoryStream(), () => GC.KeepAlive(new object()))),
        new(LeakOfAnotherThread, () => (new MemoryStream(), () => Task.Run(() => GC.KeepAlive(new object())).Wait())),
    ];

    public const string Leak = "A leak";

    public const string LeakOfAnotherThread = "A leak of another thread";

    public void Run()
    {
        foreach (var state in Cases)
        {
            var (total, mine) = state.Measure();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{state.Name}\t{total}\t{mine}"));
        }
    }
}
