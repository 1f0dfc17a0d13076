using FastRnn.Repository.Tests.Harness;
using FastRnn.Repository.Tests.Package;

namespace FastRnn.Repository.Tests.Native;

/// <summary>The native program for Arm64 says what the JIT's program says on x64: the contract that the same model has the same bits on
/// both. It is emulated, so that this says nothing of speed.</summary>
[Collection(nameof(NativeTests))]
public sealed class ArmBitsTests(NativeProgram program) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("fastrnn-arm-").FullName;

    public async Task InitializeAsync()
    {
        if (ArmFactAttribute.Missing is null)
        {
            await program.PublishAsync(
                folder, ArmFactAttribute.Runtime, $"-p:CppCompilerAndLinker={ArmFactAttribute.Linker}",
                $"-p:ObjCopyName={ArmFactAttribute.ObjCopy}");
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

        // A core of 2012, without the dot product of bytes that the emulator's own has.
        Assert.Equal(golden, (await RunOnAsync("cortex-a53", "golden")).Succeeded());

        var demo = Checkout.Absolute($"{NativeProgram.Source}/demo.wav");
        var words = (await program.RunManagedAsync("", "keywords", demo)).Succeeded();
        Assert.NotEmpty(words);
        Assert.Equal(words, (await RunAsync("keywords", demo)).Succeeded());
    }

    private Task<ChildProcess> RunAsync(params string[] args) => RunOnAsync("max", args);

    private Task<ChildProcess> RunOnAsync(string cpu, params string[] args) => ChildProcess.RunAsync(
        folder, new Dictionary<string, string>(), ArmFactAttribute.Emulator,
        ["-cpu", cpu, "-L", ArmFactAttribute.System, Path.Combine(folder, "out", "FastRnn.Embedded"), .. args]);
}
