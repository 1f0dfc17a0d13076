using FastRnn.Repository.Tests.Harness;
using FastRnn.Repository.Tests.Package;

namespace FastRnn.Repository.Tests.Native;

/// <summary>The native program for Arm64 says what the JIT's program says on x64: the contract that the same model has the same bits on
/// both. It is emulated, so that this says nothing of speed.</summary>
[Collection(nameof(NativeTests))]
public sealed class ArmBitsTests(NativeProgram program) : IAsyncLifetime
{
    /// <summary>The program that takes the dot product of bytes for granted: that is chosen when a program is compiled.</summary>
    private const string DotProduct = "dotprod";

    private readonly string folder = Directory.CreateTempSubdirectory("fastrnn-arm-").FullName;

    public async Task InitializeAsync()
    {
        if (ArmFactAttribute.Missing is null)
        {
            await PublishAsync("");
            await PublishAsync(DotProduct, "-p:IlcInstructionSet=dotprod");
        }
    }

    public Task DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Compiling takes most of the time, so all is asked of one program.</summary>
    [ArmFact]
    public async Task It_has_vectors_of_128_bits_and_the_bits_of_x64()
    {
        Assert.Equal("128\n", (await RunAsync("widths")).Succeeded());
        var golden = (await program.RunManagedAsync("", "golden")).Succeeded();
        Assert.NotEmpty(golden);
        Assert.Equal(golden, (await RunAsync("golden")).Succeeded());

        // A core of 2012, which has no dot product of bytes.
        Assert.Equal(golden, (await RunOnAsync("cortex-a53", "", "golden")).Succeeded());
        Assert.Equal(golden, (await RunOnAsync("max", DotProduct, "golden")).Succeeded());

        // That this was another program shows where it cannot run.
        Assert.NotEqual(0, (await RunOnAsync("cortex-a53", DotProduct, "golden")).ExitCode);

        var demo = Checkout.Absolute($"{NativeProgram.Source}/demo.wav");
        var words = (await program.RunManagedAsync("", "keywords", demo)).Succeeded();
        Assert.NotEmpty(words);
        Assert.Equal(words, (await RunAsync("keywords", demo)).Succeeded());
    }

    private Task PublishAsync(string name, params string[] options) => program.PublishAsync(
        Directory.CreateDirectory(Path.Combine(folder, name)).FullName, ArmFactAttribute.Runtime,
        [$"-p:CppCompilerAndLinker={ArmFactAttribute.Linker}", $"-p:ObjCopyName={ArmFactAttribute.ObjCopy}", .. options]);

    private Task<ChildProcess> RunAsync(params string[] args) => RunOnAsync("max", "", args);

    private Task<ChildProcess> RunOnAsync(string cpu, string name, params string[] args) => ChildProcess.RunAsync(
        folder, new Dictionary<string, string>(), ArmFactAttribute.Emulator,
        ["-cpu", cpu, "-L", ArmFactAttribute.System, Path.Combine(folder, name, "out", "FastRnn.Embedded"), .. args]);
}
