using System.Globalization;

using FastRnn.Fuzz.Kills;
using FastRnn.Fuzz.PowerLoss;
using FastRnn.Fuzz.Soak;

namespace FastRnn.Fuzz;

/// <summary>Damages files and looks what their readers do: tests/README.md.</summary>
internal static class Program
{
    private const int Fault = 1;
    private const int Usage = 2;

    private const string Help = """
        FastRnn.Fuzz list
        FastRnn.Fuzz corpus FOLDER
        FastRnn.Fuzz run TARGET|all [--seconds N] [--seed S] [--first N] [--count N] [--out FOLDER]
        FastRnn.Fuzz bytes TARGET|all [--numbers N]
        FastRnn.Fuzz read TARGET FILE
        FastRnn.Fuzz afl TARGET
        FastRnn.Fuzz libfuzzer TARGET
        FastRnn.Fuzz power-loss TRACE FOLDER
        FastRnn.Fuzz soak streaming|training|sessions FOLDER [--count STEPS] [--mark STEPS] [--seconds N]
        FastRnn.Fuzz kills saves|training FOLDER [--count N] [--seed S]
        """;

    public static int Main(string[] args)
    {
        Feedback.Prepare();
        try
        {
            return args switch
            {
                ["list"] => List(),
                ["corpus", var folder] => Corpus(folder),
                ["run", var name, .. var options] => Run(Find(name, _ => true), Options(options)),
                ["bytes", var name, .. var options] => Bytes(Find(name, target => target.IsOwn), Options(options)),
                ["read", var name, var file] => Read(Find(name, _ => true).Single(), file),
                ["afl", var name] => Feed(name, Feedback.Afl),
                ["libfuzzer", var name] => Feed(name, Feedback.LibFuzzer),
                ["power-loss", var trace, var folder] => PowerLoss(trace, folder),
                ["soak", ("streaming" or "training" or "sessions") and var kind, var folder, .. var options] =>
                    Soak(kind, folder, Options(options)),
                ["kills", ("saves" or "training") and var kind, var folder, .. var options] => Kills(kind, folder, Options(options)),
                [SaveKills.Word, var path] => Do(() => SaveKills.Save(path)),
                [TrainingKills.Word, var path] => Do(() => TrainingKills.Train(path)),
                _ => throw new ArgumentException(Help),
            };
        }
        catch (ArgumentException e)
        {
            Console.Error.WriteLine(e.Message);
            return Usage;
        }
    }

    private static int List()
    {
        foreach (var create in FuzzTargets.All.Values)
        {
            var target = create();
            Console.WriteLine($"{target.Name,-12} {target.Reader}");
        }

        return 0;
    }

    private static int Corpus(string folder)
    {
        foreach (var target in FuzzTargets.All.Values.Select(create => create()))
        {
            var own = Directory.CreateDirectory(Path.Combine(folder, target.Name)).FullName;
            for (var i = 0; i < target.Seeds.Count; i++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{i}-{target.Seeds[i].Name}");
                File.WriteAllBytes(Path.Combine(own, name), target.Seeds[i].Bytes);
            }
        }

        return 0;
    }

    private static int Run(IEnumerable<FuzzTarget> targets, Dictionary<string, string> options)
    {
        var faults = 0;
        foreach (var target in targets)
        {
            var run = new FuzzRun(target, (int)Number(options, "--seed", 1), options.GetValueOrDefault("--out", "fuzz-faults"));
            run.Run(
                Number(options, "--first", 0), Number(options, "--count", long.MaxValue / 2),
                TimeSpan.FromSeconds(Number(options, "--seconds", options.ContainsKey("--count") ? 1_000_000 : 60)));
            Console.WriteLine(run.Summary);
            foreach (var fault in run.Faults)
                Console.WriteLine(fault);
            faults += run.Faults.Count;
        }

        return faults == 0 ? 0 : Fault;
    }

    private static int Bytes(IEnumerable<FuzzTarget> targets, Dictionary<string, string> options)
    {
        var faults = 0;
        foreach (var target in targets)
        {
            var sweep = new ByteSweep(target, (int)Math.Clamp(Number(options, "--numbers", 255), 1, 255));
            foreach (var line in sweep.Run())
                Console.WriteLine(line);
            foreach (var fault in sweep.Faults)
                Console.WriteLine(fault);
            faults += sweep.Faults.Count;
        }

        return faults == 0 ? 0 : Fault;
    }

    // An input that another fuzzer kept.
    private static int Read(FuzzTarget target, string file)
    {
        using var folder = new ScratchFolder();
        var path = folder.File(target.FileName);
        File.Copy(file, path);
        var reading = target.Check(path, null);
        Console.WriteLine(reading.Wrong ?? reading.Refusal ?? (reading.IsRead ? "read" : "refused"));
        return reading.Wrong is null ? 0 : Fault;
    }

    private static int Feed(string name, Action<FuzzTarget> feed)
    {
        feed(Find(name, _ => true).Single());
        return 0;
    }

    private static int PowerLoss(string trace, string folder)
    {
        var operations = new DiskTrace(folder).Read(File.ReadLines(trace)).ToList();
        using var check = new PowerLossCheck(batchSize: 4, sequenceLength: 8);
        var faults = check.Run(operations).ToList();
        faults.ForEach(Console.WriteLine);
        Console.WriteLine(
            $"{operations.Count} operations, {check.States} states of the folder, {check.Models} with a model, {faults.Count} faults");
        return faults.Count == 0 && check.Models > 0 ? 0 : Fault;
    }

    private static int Soak(string kind, string folder, Dictionary<string, string> options)
    {
        Directory.CreateDirectory(folder);
        var (usualMark, usualSteps) = kind switch
        {
            "streaming" => (100_000_000L, 4_000_000_000L),
            "training" => (20_000, 2_000_000),
            _ => (500_000, 10_000_000),
        };
        var mark = Number(options, "--mark", usualMark);
        var steps = Number(options, "--count", usualSteps);
        var time = TimeSpan.FromSeconds(Number(options, "--seconds", 1_000_000));
        if (mark < 1)
            throw new ArgumentException("--mark: expected at least 1");
        return Tell(kind switch
        {
            "streaming" => new StreamSoak(folder, mark).Run(steps, time),
            "training" => new TrainingSoak(folder, mark).Run(steps, time),
            _ => new SessionSoak(folder, mark).Run(steps, time),
        });
    }

    private static int Kills(string kind, string folder, Dictionary<string, string> options)
    {
        var seed = (int)Number(options, "--seed", 1);
        return Tell(kind == "saves"
            ? new SaveKills(folder, seed).Run((int)Number(options, "--count", 1000))
            : new TrainingKills(folder, seed).Run((int)Number(options, "--count", 100)));
    }

    private static int Tell(string? wrong)
    {
        Console.WriteLine(wrong ?? "no fault");
        return wrong is null ? 0 : Fault;
    }

    private static int Do(Action action)
    {
        action();
        return 0;
    }

    private static IEnumerable<FuzzTarget> Find(string name, Func<FuzzTarget, bool> filter) =>
        name == "all" ? FuzzTargets.All.Values.Select(create => create()).Where(filter)
            : FuzzTargets.All.TryGetValue(name, out var found) ? [found()]
            : throw new ArgumentException($"'{name}': expected all or one of {string.Join(", ", FuzzTargets.All.Keys)}");

    private static Dictionary<string, string> Options(string[] words)
    {
        string[] known = ["--seconds", "--seed", "--first", "--count", "--out", "--numbers", "--mark"];
        if (words.Length % 2 != 0 || words.Where((_, i) => i % 2 == 0).Except(known).Any())
            throw new ArgumentException(Help);
        return words.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
    }

    private static long Number(Dictionary<string, string> options, string name, long usual) =>
        !options.TryGetValue(name, out var text) ? usual
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw new ArgumentException($"{name}: expected a whole number, got '{text}'");
}
