using System.Diagnostics;

namespace FastRnn.Fuzz.Kills;

/// <summary>This program again, in a process that is killed as the operating system kills: nothing of it runs any more.</summary>
internal sealed class Victim : IDisposable
{
    private readonly Process process;

    /// <summary>Starts it.</summary>
    /// <param name="words">Its arguments.</param>
    public Victim(params IEnumerable<string> words)
    {
        var self = Environment.ProcessPath!;
        var start = new ProcessStartInfo(self) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(self) == "dotnet")
            start.ArgumentList.Add(typeof(Victim).Assembly.Location);
        foreach (var word in words)
            start.ArgumentList.Add(word);
        process = Process.Start(start)!;
    }

    /// <summary>Waits until it says that it has begun.</summary>
    /// <returns>Its line.</returns>
    public string Begun() => process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"a child ended with {Exit()}");

    /// <summary>Kills it after a time, unless it has ended.</summary>
    /// <returns>Whether it was killed; else it has ended well.</returns>
    public bool Kill(TimeSpan after)
    {
        if (process.WaitForExit(after))
            return process.ExitCode == 0 ? false : throw new InvalidOperationException($"a child ended with {process.ExitCode}");
        process.Kill();
        process.WaitForExit();
        return true;
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    private int Exit()
    {
        process.WaitForExit();
        return process.ExitCode;
    }
}
