using System.Runtime.InteropServices;
using System.Xml.Linq;

using FastRnn.Repository.Tests.Harness;

namespace FastRnn.Repository.Tests.Package;

/// <summary>A folder outside of the repository, as a user has one, and the packages of what was built with these tests. Every run has a
/// version of its own and a folder of packages of its own, so that nothing stale is found; all other packages come from the machine's
/// folder.</summary>
public sealed class Outside : IAsyncLifetime
{
#if DEBUG
    public const string Configuration = "Debug";
#else
    public const string Configuration = "Release";
#endif

    private readonly SharedCompiler compiler = new();

    /// <summary>As it stands in the repository.</summary>
    public static string NextVersion { get; } =
        XDocument.Parse(Checkout.Read("Directory.Build.props")).Descendants("Version").Single().Value;

    public string Root { get; } = Directory.CreateTempSubdirectory("fastrnn-package-").FullName;

    /// <summary>Where the packages lie.</summary>
    public string Feed => Path.Combine(Root, "feed");

    /// <summary>That of the packages: a released one, so that it is found where no version is named.</summary>
    public string Version { get; } = $"{NextVersion}.{Random.Shared.Next(1, 65_000)}";

    /// <summary>The machine's packages.</summary>
    public string MachinePackages { get; private set; } = "";

    /// <summary>The system for which the library is packed compiled ahead of time as well: this one, where the SDK's packs for that are;
    /// else none.</summary>
    public string? Precompiled { get; private set; }

    /// <summary>That of every call of <c>dotnet</c>.</summary>
    internal IReadOnlyDictionary<string, string> Environment => compiler.Environment;

    /// <summary>Packs into a folder. Nothing is built: other tests may be using it.</summary>
    internal async Task<ChildProcess> PackAsync(string folder) => await ChildProcess.RunAsync(
        Checkout.Root, Environment, ChildProcess.Dotnet,
        "pack", "FastRnn.sln", "-c", Configuration, "--no-build", "--nologo", "-v", "minimal", "-o", folder,
        $"-p:Version={Version}", $"-p:NuspecOutputPath={folder}-nuspec/", $"-p:Precompiled={(Precompiled is null ? "none" : "")}");

    /// <summary>Runs <c>dotnet</c> in a folder below <see cref="Root"/>.</summary>
    internal Task<ChildProcess> DotnetAsync(string folder, params string[] args) =>
        ChildProcess.RunAsync(Path.Combine(Root, folder), Environment, ChildProcess.Dotnet, args);

    /// <summary>Runs a program that was built for the newest framework or an older one, which need not be installed.</summary>
    internal Task<ChildProcess> RunAsync(string folder, string program, params string[] args) =>
        ChildProcess.RunAsync(
            Path.Combine(Root, folder), new Dictionary<string, string> { ["DOTNET_ROLL_FORWARD"] = "Major" }, program, args);

    /// <summary>Writes files into a new folder below <see cref="Root"/>.</summary>
    internal void Write(string folder, params (string Name, string Text)[] files)
    {
        Directory.CreateDirectory(Path.Combine(Root, folder));
        foreach (var (name, text) in files)
        {
            File.WriteAllText(Path.Combine(Root, folder, name), text);
        }
    }

    public async Task InitializeAsync()
    {
        MachinePackages = System.Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? await AskForPackagesAsync();
        var system = RuntimeInformation.RuntimeIdentifier;
        string[] packs = [$"microsoft.netcore.app.crossgen2.{system}", $"microsoft.netcore.app.runtime.{system}"];
        Precompiled = packs.All(pack => NativeCompiler.MissingPack(pack, MachinePackages) is null) ? system : null;
        (await PackAsync(Feed)).SucceededWithoutWarnings();
        File.Copy(Checkout.Absolute("global.json"), Path.Combine(Root, "global.json"));
        Write("", ("nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><add key="fastrnn" value="feed" /></packageSources>
              <fallbackPackageFolders><add key="machine" value="{MachinePackages}" /></fallbackPackageFolders>
            </configuration>
            """));
    }

    private async Task<string> AskForPackagesAsync()
    {
        string[] question = ["nuget", "locals", "global-packages", "--list"];
        var said = (await ChildProcess.RunAsync(Checkout.Root, Environment, ChildProcess.Dotnet, question)).Succeeded();
        return said[(said.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    public async Task DisposeAsync()
    {
        await compiler.EndAsync();
        Directory.Delete(Root, recursive: true);
    }
}
