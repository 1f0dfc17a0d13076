using FastRnn.Repository.Tests.Harness;
using FastRnn.Repository.Tests.Package;

namespace FastRnn.Repository.Tests.Native;

/// <summary>The embedded program, compiled natively for all tests of the collection, in a folder of its own: builds of the checkout do not
/// notice. The same program for the JIT stands beside these tests.</summary>
public sealed class NativeProgram : IAsyncLifetime
{
    public const string Source = "src/Samples/Embedded";

    private readonly SharedCompiler compiler = new();
    private readonly Lazy<IReadOnlyList<string>> int8Methods;

    public NativeProgram() => int8Methods = new(() => NativeMap.Int8Methods(Folder));

    /// <summary>For what the tests write.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("fastrnn-native-").FullName;

    public string File => Path.Combine(Folder, "out", "FastRnn.Embedded");

    public static string Managed => Path.Combine(AppContext.BaseDirectory, "FastRnn.Embedded.dll");

    /// <summary>Warnings of the compilers, among them those of the native one about code that needs a JIT, are errors.</summary>
    public async Task InitializeAsync()
    {
        if (NativeFactAttribute.Missing is null)
        {
            await PublishAsync(Folder, NativeCompiler.Runtime, NativeMap.Option);
        }
    }

    /// <summary>Compiles the program natively into the folder <c>out</c> of a folder. What is the same for all systems is compiled
    /// once.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="runtime">For which system.</param>
    /// <param name="options">What the compiler is told besides.</param>
    internal async Task PublishAsync(string folder, string runtime, params string[] options)
    {
        var environment = new Dictionary<string, string>(compiler.Environment);
        if (Environment.GetEnvironmentVariable(NativeCompiler.PackagesVariable) is { } packages)
        {
            environment.Add(NativeCompiler.PackagesVariable, packages);
        }

        (await ChildProcess.RunAsync(
            folder, environment, ChildProcess.Dotnet,
            [
                "publish", Checkout.Absolute(Source), "-c", "Release", "-r", runtime,
                $"-p:NativeFramework={NativeCompiler.Framework}", "-p:RunAnalyzers=false", "-warnaserror", "--nologo",
                "--artifacts-path", Path.Combine(Folder, "artifacts"), "-o", Path.Combine(folder, "out"), .. options,
            ])).SucceededWithoutWarnings();
    }

    public async Task DisposeAsync()
    {
        await compiler.EndAsync();
        Directory.Delete(Folder, recursive: true);
    }

    internal Task<ChildProcess> RunAsync(params string[] args) => RunAsync(width: "", args);

    /// <summary>Methods of int8 kernels that the native compiler put into this program.</summary>
    internal IReadOnlyList<string> Int8Methods => int8Methods.Value;

    /// <summary>The native program with vectors of some bits.</summary>
    internal Task<ChildProcess> RunAsync(string width, string[] args) => ChildProcess.RunAsync(Folder, Widths(width), File, args);

    /// <summary>The program for the JIT.</summary>
    internal Task<ChildProcess> RunManagedAsync(string width, params string[] args) =>
        ChildProcess.RunAsync(Folder, Widths(width), ChildProcess.Dotnet, [Managed, .. args]);

    internal Task<ChildProcess> RunShellAsync(string command) => ChildProcess.RunAsync(Folder, Widths(""), "sh", "-c", command);

    private static Dictionary<string, string> Widths(string width) =>
        width.Length == 0 ? [] : new() { [SimdWidths.EnvironmentVariable] = width };
}
