using FastRnn.Repository.Tests.Harness;

namespace FastRnn.Repository.Tests.Package;

/// <summary>One compiler for all builds of a fixture: one for each of them would compile itself, the analyzers and the generator anew. Its
/// name is its own, so that no other build uses it, and it ends with the fixture. Nothing else outlives a build.</summary>
internal sealed class SharedCompiler
{
    private readonly string name = $"fastrnn-tests-{Guid.NewGuid():N}";

    public SharedCompiler() => Environment = new Dictionary<string, string>
    {
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["DOTNET_NOLOGO"] = "1",
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["MSBUILDTERMINALLOGGER"] = "off",
        ["NuGetAudit"] = "false",
        ["UseSharedCompilation"] = "true",
        ["SharedCompilationId"] = name,
    };

    /// <summary>That of every call of <c>dotnet</c>.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Ends it, if it was ever begun.</summary>
    public async Task EndAsync()
    {
        const string Base = "Base Path:";
        var info = (await ChildProcess.RunAsync(Checkout.Root, Environment, ChildProcess.Dotnet, "--info")).Succeeded();
        var sdk = info[(info.IndexOf(Base, StringComparison.Ordinal) + Base.Length)..].Split('\n')[0].Trim();
        await ChildProcess.RunAsync(Checkout.Root, Environment, ChildProcess.Dotnet,
            Path.Combine(sdk, "Roslyn", "bincore", "VBCSCompiler.dll"), "-shutdown", $"-pipename:{name}");
    }
}
