using FastRnn.Files;

namespace FastRnn.Fuzz.Kills;

/// <summary>Kills a process that saves two models in turns over one file. Afterwards the file is one of both models, whole, with its mode
/// and its link, and the next save leaves nothing behind of the one that was killed.</summary>
/// <param name="folder">Where it happens; emptied.</param>
/// <param name="seed">The moments follow from it.</param>
internal sealed class SaveKills(string folder, int seed)
{
    /// <summary>The arguments of a process that saves.</summary>
    public const string Word = "killed-saves";

    private const string Inside = "inside";
    private const string Pattern = ".fastrnn-*";

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // Some dozens of saves.
    private const double LongestMilliseconds = 60;

    private readonly Random random = new(seed);
    private int killedInSave;
    private int none;
    private int second;

    private enum Place
    {
        Plain,
        Private,
        Linked,
        New,
    }

    /// <summary>What such a process does, for ever.</summary>
    public static void Save(string path)
    {
        using var first = new KilledModel(seed: 1);
        using var second = new KilledModel(seed: 2);
        // The first save is slow, because its code is compiled.
        first.Save(Path.Combine(Path.GetDirectoryName(path)!, Inside, "warm.safetensors"));
        Console.WriteLine("begun");
        while (true)
        {
            first.Save(path);
            second.Save(path);
        }
    }

    /// <summary>Kills.</summary>
    /// <param name="count">How many processes.</param>
    /// <returns>What is wrong; null if nothing is.</returns>
    public string? Run(int count)
    {
        using var first = new KilledModel(seed: 1);
        using var other = new KilledModel(seed: 2);
        for (var number = 0; number < count; number++)
        {
            var place = OperatingSystem.IsWindows() ? (Place)(number % 2 * 3) : (Place)(number % 4);
            if (Once(place, first, other) is { } wrong)
                return FormattableString.Invariant($"kill {number}, {place}: {wrong}");
        }

        Console.WriteLine($"{count} processes killed, {killedInSave} of them in a save; the file was of the second model {second} times, "
            + $"and not there yet {none} times");
        return killedInSave > 0 && second > 0 ? null : "no kill met a save";
    }

    private string? Once(Place place, KilledModel first, KilledModel other)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        var inside = Directory.CreateDirectory(Path.Combine(folder, Inside)).FullName;
        var path = Path.Combine(folder, "model.safetensors");
        var target = place == Place.Linked ? Path.Combine(inside, "real.safetensors") : path;
        if (place != Place.New)
            first.Save(target);
        if (place == Place.Linked)
            File.CreateSymbolicLink(path, target);
        if (place == Place.Private && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, Private);

        using (var child = new Victim(Word, path))
        {
            child.Begun();
            child.Kill(TimeSpan.FromMilliseconds(random.NextDouble() * LongestMilliseconds));
        }

        killedInSave += Left().Any() ? 1 : 0;
        if (!File.Exists(path))
        {
            none++;
            if (place != Place.New)
                return "the file is gone";
        }
        else if (Wrong(path, first, other) is { } wrong)
        {
            return wrong;
        }

        first.Save(path);
        using var loaded = KilledModel.Load(path);
        return !loaded.Parameters.SequenceEqual(first.Parameters) ? "the next save has other numbers"
            : place == Place.Linked && new FileInfo(path).LinkTarget is null ? "the link is gone"
            : place == Place.Private && !OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != Private ? "another mode"
            : Left().FirstOrDefault() is { } left ? $"left behind: {left}"
            : null;
    }

    private string? Wrong(string path, KilledModel first, KilledModel other)
    {
        try
        {
            using var found = KilledModel.Load(path);
            if (found.Parameters.SequenceEqual(first.Parameters))
                return null;
            second++;
            return found.Parameters.SequenceEqual(other.Parameters) ? null : "numbers of neither model";
        }
        catch (ModelFileException e)
        {
            return e.Message;
        }
    }

    private IEnumerable<string> Left() => Directory.EnumerateFiles(folder, Pattern, SearchOption.AllDirectories);
}
