using FastRnn.Repository.Tests.Harness;

namespace FastRnn.Repository.Tests.Native;

/// <summary>What the native program says is what the JIT's program says.</summary>
[Collection(nameof(NativeTests))]
public class NativeBitsTests(NativeProgram program)
{
    private const int WaveHeader = 44;

    private static string Demo => Checkout.Absolute($"{NativeProgram.Source}/demo.wav");

    /// <summary>Made for AVX2 it has no code for AVX-512.</summary>
    [NativeFact]
    public async Task It_has_the_vector_widths_of_AVX2() =>
        Assert.Equal("128\n256\n", (await program.RunAsync("widths")).Succeeded());

    [NativeFact]
    public async Task Both_models_give_the_same_bits_at_every_width()
    {
        var golden = (await program.RunAsync("golden")).Succeeded();
        Assert.Equal(12, golden.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        foreach (var width in await Lines(program.RunAsync("widths")))
        {
            Assert.Equal(golden, (await program.RunAsync(width, ["golden"])).Succeeded());
        }

        foreach (var width in await Lines(program.RunManagedAsync("", "widths")))
        {
            Assert.Equal(golden, (await program.RunManagedAsync(width, "golden")).Succeeded());
        }
    }

    [NativeFact]
    public async Task Steps_and_blocks_give_the_same_bits()
    {
        foreach (var model in (await Lines(program.RunAsync("golden"))).Chunk(6))
        {
            Assert.Equal(Bits(model[0]), Bits(model[1]));
            Assert.NotEqual(Bits(model[0]), Bits(model[3]));
            Assert.NotEqual(Bits(model[0]), Bits(model[4]));
            Assert.Equal(Bits(model[4]), Bits(model[5]));
        }

        static string Bits(string line) => line[line.IndexOf(':', StringComparison.Ordinal)..];
    }

    [NativeFact]
    public async Task It_hears_the_same_words_in_a_file_and_in_a_stream()
    {
        var words = (await program.RunAsync("keywords", Demo)).Succeeded();
        Assert.NotEmpty(words);
        Assert.Equal(words, (await program.RunManagedAsync("", "keywords", Demo)).Succeeded());
        Assert.Equal(words, (await program.RunShellAsync($"tail -c +{WaveHeader + 1} '{Demo}' | '{program.File}' keywords -")).Succeeded());
    }

    [NativeFact]
    public async Task It_plays_the_same_sound()
    {
        var (dry, native, managed) = (Path.Combine(program.Folder, "dry.wav"), Path.Combine(program.Folder, "native.wav"),
            Path.Combine(program.Folder, "managed.wav"));
        var sound = await File.ReadAllBytesAsync(Demo);
        BitConverter.GetBytes(48_000).CopyTo(sound, 24);
        await File.WriteAllBytesAsync(dry, sound);
        (await program.RunAsync("pedal", dry, native)).Succeeded();
        (await program.RunManagedAsync("", "pedal", dry, managed)).Succeeded();
        var played = await File.ReadAllBytesAsync(native);
        Assert.Equal(await File.ReadAllBytesAsync(managed), played);
        Assert.Equal(sound.Length, played.Length);
        Assert.NotEqual(sound, played);
    }

    /// <summary>1000 is no multiple of 64.</summary>
    [NativeFact]
    public async Task It_plays_a_stream_to_its_end()
    {
        var (native, managed) = (Path.Combine(program.Folder, "native.raw"), Path.Combine(program.Folder, "managed.raw"));
        var zeros = "head -c 4000 /dev/zero";
        (await program.RunShellAsync($"{zeros} | '{program.File}' pedal > '{native}'")).Succeeded();
        (await program.RunShellAsync($"{zeros} | '{Package.ChildProcess.Dotnet}' '{NativeProgram.Managed}' pedal > '{managed}'"))
            .Succeeded();
        var played = await File.ReadAllBytesAsync(native);
        Assert.Equal(4000, played.Length);
        Assert.Equal(await File.ReadAllBytesAsync(managed), played);
    }

    private static async Task<string[]> Lines(Task<Package.ChildProcess> run) =>
        (await run).Succeeded().Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
