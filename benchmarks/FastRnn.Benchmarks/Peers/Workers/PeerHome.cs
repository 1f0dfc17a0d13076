using System.Diagnostics;

namespace FastRnn.Benchmarks.Peers.Workers;

/// <summary>Where a peer is installed: on this system, or in a folder with a newer one (Debian's sid, made by <c>install.sh</c>), which a
/// process enters by <c>chroot</c>: that needs root.</summary>
/// <param name="root">The folder; null is this system.</param>
internal sealed class PeerHome(string? root)
{
    /// <summary>Where scripts are put in a folder of its own.</summary>
    private const string Scripts = "fastrnn";

    /// <summary>This system.</summary>
    public static PeerHome Host { get; } = new(null);

    /// <summary>The folder with today's versions. It may not be there: starting a process says so.</summary>
    public static PeerHome Sid { get; } = new(PeerFolder.Of("sid"));

    /// <summary>Whether it is a folder with a system of its own.</summary>
    public bool IsFolder => root is not null;

    /// <summary>How a Python script of <c>benchmarks/peers</c> is started here.</summary>
    /// <param name="script">Its name.</param>
    /// <exception cref="PeerException">The folder is not there, or nothing may be written into it.</exception>
    public ProcessStartInfo Python(string script)
    {
        var source = Path.Combine(AppContext.BaseDirectory, "peers", script);
        if (root is null)
        {
            var python = Environment.GetEnvironmentVariable("FASTRNN_PYTHON") is { Length: > 0 } chosen ? chosen : "/usr/bin/python3";
            return Piped(python, source);
        }

        var folder = Path.Combine(root, Scripts);
        try
        {
            CheckFolder();
            Directory.CreateDirectory(folder);
            File.Copy(source, Path.Combine(folder, script), overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PeerException($"{folder}: {e.Message}", e);
        }

        return Enter("/usr/bin/python3", $"/{Scripts}/{script}");
    }

    /// <summary>How a program that <c>install.sh</c> put into the folder is started.</summary>
    /// <param name="path">Its path below the folder.</param>
    /// <param name="arguments">What it is told.</param>
    /// <exception cref="PeerException">It is not there.</exception>
    public ProcessStartInfo Program(string path, params ReadOnlySpan<string> arguments)
    {
        CheckFolder();
        return File.Exists(Path.Combine(root!, path))
            ? Enter(["/" + path, .. arguments])
            : throw new PeerException($"{Path.Combine(root!, path)} does not exist");
    }

    /// <summary>A new folder in which both sides can read and write.</summary>
    /// <exception cref="PeerException">None can be made.</exception>
    public DirectoryInfo CreateExchange()
    {
        try
        {
            return root is null
                ? Directory.CreateTempSubdirectory("fastrnn-peer-")
                : Directory.CreateDirectory(Path.Combine(root, "tmp", "fastrnn-peer-" + Path.GetRandomFileName()));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PeerException($"no folder to exchange numbers in: {e.Message}", e);
        }
    }

    /// <summary>What the other side calls a file of ours.</summary>
    public string Inside(string path) => root is null ? path : "/" + Path.GetRelativePath(root, path);

    /// <summary>Into the folder, with the kernel's files, which .NET and PyTorch read. The mounts end with the process.</summary>
    private ProcessStartInfo Enter(params string[] command) => Piped(
        "unshare",
        [
            "--mount", "sh", "-c", """mount -t proc proc "$0/proc" && mount --rbind /sys "$0/sys" && exec chroot "$0" "$@" """,
            root!, .. command,
        ]);

    private void CheckFolder()
    {
        if (!Directory.Exists(Path.Combine(root!, "usr")))
        {
            throw new PeerException($"{root} is no system");
        }
    }

    /// <summary>A program of this system, with all that it reads and writes in pipes.</summary>
    public static ProcessStartInfo Piped(string program, params string[] arguments) => new(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
}
