namespace FastRnn.Compiler.Tests;

/// <summary>What was compiled once is taken from a folder, and nothing else ever is.</summary>
public sealed class CacheTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private CompileOptions Options => new() { CacheFolder = folder.File("cache") };

    private string TheFile => Assert.Single(Directory.GetFiles(folder.File("cache")));

    [Fact]
    public void The_second_time_it_is_there_with_the_same_bits()
    {
        using var first = ModelCompiler.Compile(Texts.Small(), Options);
        using var second = ModelCompiler.Compile(Texts.Small(), Options);
        Assert.Equal((false, true), (first.IsFromCache, second.IsFromCache));
        using CompiledModel one = first.Create(3), two = second.Create(3);
        Texts.SameBits(one.Parameters, two.Parameters);
        var (y, other) = (new float[1], new float[1]);
        one.CreateSession().Step([1f, 2f], y);
        two.CreateSession().Step([1f, 2f], other);
        Texts.SameBits(y, other);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Options.CacheFolder!));
        }
    }

    [Fact]
    public void Warnings_come_from_the_cache_too()
    {
        var text = Texts.Small().Replace("[Model,", "[Model, Weights(\"a\"),", StringComparison.Ordinal);
        using var first = ModelCompiler.Compile(text, Options);
        using var second = ModelCompiler.Compile(text, Options);
        Assert.True(second.IsFromCache);
        Assert.NotEmpty(first.Diagnostics);
        Assert.Equal(first.Diagnostics, second.Diagnostics);
    }

    [Fact]
    public void Another_text_width_or_name_is_compiled()
    {
        using var first = ModelCompiler.Compile(Texts.Small(), Options);
        var others = new List<(string Text, CompileOptions Options)>
        {
            (Texts.Small(5), Options),
            (Texts.Small() + " ", Options),
            (Texts.Small(), Options with { Path = "other.cs" }),
            (Texts.Small(), Options with { References = [typeof(CacheTests).Assembly] }),
        };
        others.AddRange(
            SimdWidths.Available.Where(width => width != first.Width).Select(width => (Texts.Small(), Options with { Width = width })));
        foreach (var (text, options) in others)
        {
            using var other = ModelCompiler.Compile(text, options);
            Assert.False(other.IsFromCache);
            using var again = ModelCompiler.Compile(text, options);
            Assert.True(again.IsFromCache);
            Assert.Equal(other.Width, again.Width);
        }
    }

    [Fact]
    public void Widths_have_the_same_bits()
    {
        var outputs = SimdWidths.Available.Select(width =>
        {
            using var declaration = ModelCompiler.Compile(Texts.Small(19), Options with { Width = width });
            Assert.Equal(width, declaration.Width);
            using var model = declaration.Create(1);
            Assert.Equal(width, model.Width);
            var y = new float[8];
            model.CreateSession().Run(Texts.Numbers(16), y);
            return y;
        }).ToList();
        Assert.All(outputs, y => Texts.SameBits(outputs[0], y));
    }

    /// <summary>Cut, longer, changed in one bit anywhere, replaced by another's: never believed, and mended.</summary>
    [Fact]
    public void A_damaged_file_is_compiled_anew()
    {
        ModelCompiler.Compile(Texts.Small(), Options).Dispose();
        var path = TheFile;
        var good = File.ReadAllBytes(path);
        ModelCompiler.Compile(Texts.Small(5), Options).Dispose();
        var other = File.ReadAllBytes(Directory.GetFiles(Options.CacheFolder!).Single(file => file != path));
        List<byte[]> bad = [[], good[..20], good[..32], good[..^1], [.. good, 0], new byte[good.Length], other];
        for (var i = 0; i < good.Length; i += good.Length / 12)
        {
            var changed = (byte[])good.Clone();
            changed[i] ^= 1;
            bad.Add(changed);
        }

        foreach (var content in bad)
        {
            File.WriteAllBytes(path, content);
            using var compiled = ModelCompiler.Compile(Texts.Small(), Options);
            Assert.False(compiled.IsFromCache);
            Assert.Equal(4, compiled.Info.Layers[0].HiddenSize);
            using var again = ModelCompiler.Compile(Texts.Small(), Options);
            Assert.True(again.IsFromCache);
        }
    }

    [Fact]
    public void A_folder_that_cannot_be_written_costs_the_cache_alone()
    {
        File.WriteAllText(folder.File("file"), "no folder");
        var places = new List<string> { folder.File("file"), Path.Combine(folder.File("file"), "below"), "\0", "/proc/none" };
        foreach (var place in places)
        {
            using var compiled = ModelCompiler.Compile(Texts.Small(), new() { CacheFolder = place });
            Assert.False(compiled.IsFromCache);
            using var model = compiled.Create();
        }

        using var without = ModelCompiler.Compile(Texts.Small(), new() { CacheFolder = "" });
        Assert.False(without.IsFromCache);
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_costs_the_cache_alone()
    {
        ModelCompiler.Compile(Texts.Small(), Options).Dispose();
        var path = TheFile;
        File.Delete(path);
        Directory.CreateDirectory(Path.Combine(path, "below"));
        using var compiled = ModelCompiler.Compile(Texts.Small(), Options);
        Assert.False(compiled.IsFromCache);
        Assert.Empty(Directory.GetFiles(Options.CacheFolder!));
    }

    [Fact]
    public void Errors_are_not_kept()
    {
        Assert.False(ModelCompiler.TryCompile("class", Options, out _, out _));
        Assert.False(Directory.Exists(Options.CacheFolder));
    }

    [Fact]
    public void Many_at_once_leave_one_whole_file()
    {
        var compiled = new CompiledDeclaration[8];
        Parallel.For(0, compiled.Length, i => compiled[i] = ModelCompiler.Compile(Texts.Small(), Options));
        Assert.All(compiled, declaration => Assert.Equal(4, declaration.Info.Layers[0].HiddenSize));
        Assert.All(compiled, declaration => declaration.Dispose());
        _ = TheFile;
        using var again = ModelCompiler.Compile(Texts.Small(), Options);
        Assert.True(again.IsFromCache);
    }

    [Fact]
    public void The_usual_folder_is_that_of_the_user()
    {
        Assert.EndsWith(Path.Combine("fastrnn", "compiled"), CompileOptions.DefaultCacheFolder, StringComparison.Ordinal);
        Assert.Equal(CompileOptions.DefaultCacheFolder, new CompileOptions().CacheFolder);
    }

    public void Dispose() => folder.Dispose();
}
