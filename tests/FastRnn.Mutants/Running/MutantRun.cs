using System.Diagnostics;
using System.Reflection;

namespace FastRnn.Mutants.Running;

/// <summary>The tests of this process, once with no mutant on, or until one fails for each mutant.</summary>
/// <param name="work">What others know.</param>
/// <param name="tests">The assembly of the tests.</param>
/// <param name="filter">Classes that are run.</param>
/// <param name="share">Which part of the mutants, from 0.</param>
/// <param name="shares">How many parts.</param>
internal sealed class MutantRun(WorkFolder work, string tests, Func<string, bool> filter, int share, int shares)
{
    /// <summary>Exit code: all is done.</summary>
    public const int Done = 0;

    /// <summary>Exit code: the last mutant left this process in disorder, or it hangs; go on in another.</summary>
    public const int Again = 3;

    private const int LeastSeconds = 30;
    private const int Patience = 40;
    private const int LooksPerSecond = 5;

    private readonly IReadOnlyList<TestCase> cases = TestCase.Of(Assembly.Load(tests), filter);
    private readonly MutantSwitch onOff = new(work.Mutants.Max(mutant => mutant.Id) + 1);
    private long looks;
    private long lastLook = long.MaxValue;
    private Outcome? ifLate;

    /// <summary>Times, failures and what is reached, of each test.</summary>
    public int Measure()
    {
        var baseline = new List<Baseline>();
        foreach (var test in cases)
        {
            onOff.Note();
            var begin = Stopwatch.GetTimestamp();
            var failure = test.Run();
            var time = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            baseline.Add(new(test.Name, time, failure is null ? null : FirstLine(failure), onOff.Reached()));
        }

        work.SetBaseline(tests, baseline);
        var failed = baseline.Where(test => test.Failure is not null).ToList();
        Console.WriteLine($"{tests}: {baseline.Count} tests in {baseline.Sum(test => test.Milliseconds) / 1000:f0} s");
        failed.ForEach(test => Console.WriteLine($"does not count: {test.Name}: {test.Failure}"));
        return Done;
    }

    /// <summary>Mutant after mutant.</summary>
    public int Hunt()
    {
        var byName = cases.GroupBy(test => test.Name).ToDictionary(group => group.Key, group => group.First());
        var baseline = work.BaselineOf(tests).Where(test => test.Failure is null && byName.ContainsKey(test.Name))
            .DistinctBy(test => test.Name).OrderBy(test => test.Milliseconds).ToList();
        new Thread(Watch) { IsBackground = true }.Start();
        foreach (var mutant in work.Remaining(tests, share, shares))
        {
            var (count, outcome) = (0, (Outcome?)null);
            foreach (var known in baseline.Where(test => test.Reached.Contains(mutant.Id)))
            {
                count++;
                work.SetCurrent(tests, share, mutant, known.Name);
                ifLate = new(mutant.Id, "hang", count, known.Name, null);
                var test = byName[known.Name];
                var failure = Limited(test, known, mutant.Id);
                if (failure is null)
                    continue;

                outcome = new(mutant.Id, "caught", count, known.Name, FirstLine(failure));
                if (Limited(test, known, 0) is not null)
                {
                    // It fails without the mutant as well: what this or an earlier one wrote where it should not.
                    work.Add(tests, share, outcome);
                    return Again;
                }

                break;
            }

            work.Add(tests, share, outcome ?? new(mutant.Id, count == 0 ? "unreached" : "survived", count, null, null));
        }

        return Done;
    }

    private Exception? Limited(TestCase test, Baseline known, int mutant)
    {
        var seconds = LeastSeconds + (known.Milliseconds * Patience / 1000);
        Volatile.Write(ref lastLook, Volatile.Read(ref looks) + (long)(seconds * LooksPerSecond));
        onOff.On(mutant);
        var failure = test.Run();
        onOff.Off();
        Volatile.Write(ref lastLook, long.MaxValue);
        return failure;
    }

    // Counted, and not by a clock, which goes on while the process is stopped.
    private void Watch()
    {
        while (Interlocked.Increment(ref looks) <= Volatile.Read(ref lastLook))
            Thread.Sleep(1000 / LooksPerSecond);
        work.Add(tests, share, ifLate!);
        Environment.FailFast($"{ifLate!.Test} does not end with mutant {ifLate.Id}.");
    }

    private static string FirstLine(Exception failure)
    {
        var text = $"{failure.GetType().Name}: {failure.Message}";
        var line = text.Split('\n')[0].Trim();
        return line.Length <= 160 ? line : line[..160] + "...";
    }
}
