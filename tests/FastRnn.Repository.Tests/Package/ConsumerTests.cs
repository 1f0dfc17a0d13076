using FastRnn.Repository.Tests.Native;
using FastRnn.Repository.Tests.Readme;

namespace FastRnn.Repository.Tests.Package;

/// <summary>The program on the package's page, in a fresh project that knows nothing of this repository.</summary>
[Collection(nameof(OutsideTests))]
public class ConsumerTests(Outside outside)
{
    private static readonly IReadOnlyList<ReadmeBlock> Page = ReadmeBlock.In("src/FastRnn/PACKAGE.md");
    private static readonly ReadmeBlock Program = Page.Single(block => block.Kind == "program");
    private static readonly ReadmeBlock Prints = Page.Single(block => block.Kind == "output");

    /// <summary>What the program leaves out: tokens, an encoder and a decoder, public types.</summary>
    private const string Library = """
        using FastRnn;
        using FastRnn.Cells;

        namespace Consumer.Models;

        /// <summary>Numbers of ten kinds to others.</summary>
        [Model]
        [Encoder, Embedding(Vocabulary = 10, Size = 16), Layer<Gru>(32, Bidirectional = true)]
        [Decoder(Handover = Handover.Bridge), Embedding(Vocabulary = 10, Size = 16), Layer<Lstm>(64)]
        [Attention(AttentionScore.Additive, 32), Dense(64, Activation = DenseActivation.Tanh), Dropout(0.1)]
        [Dense(10), SoftmaxCrossEntropy]
        public sealed partial class Translate;
        """;

    /// <summary>In place of what the program does, if its environment says so: what it says of weights without kernels.</summary>
    private const string Int8 = """
        using System.Runtime.CompilerServices;

        using FastRnn;

        internal static class AskForInt8
        {
            [ModuleInitializer]
            internal static void Ask()
            {
                if (Environment.GetEnvironmentVariable("ASK_FOR_INT8") is not { Length: > 0 })
                {
                    return;
                }

                try
                {
                    using var session = new Wave(seed: 1).CreateSession(new() { Weights = WeightFormat.Int8 });
                    Console.WriteLine("It has int8.");
                }
                catch (NotSupportedException e)
                {
                    Console.WriteLine(e.Message);
                }

                Environment.Exit(0);
            }
        }
        """;

    [Fact]
    public void The_page_has_a_cell_and_a_model_of_about_20_lines()
    {
        var lines = Program.Lines.SkipWhile(line => !line.StartsWith("[Cell]", StringComparison.Ordinal)).ToList();
        Assert.InRange(lines.Count, 10, 20);
        Assert.Contains(lines, line => line.StartsWith("[Model", StringComparison.Ordinal));
    }

    /// <summary>Each compiler with the language that is usual for the framework: what the generator writes has to be C# 13.</summary>
    [Fact]
    public async Task A_fresh_project_builds_without_warnings_trains_saves_loads_and_predicts()
    {
        Write("console", "<TargetFrameworks>net10.0;net9.0</TargetFrameworks>");
        (await outside.DotnetAsync("console", "build", "-c", "Release", "-warnaserror", "--nologo")).SucceededWithoutWarnings();
        foreach (var framework in new[] { "net10.0", "net9.0" })
        {
            var program = Path.Combine("bin", "Release", framework, "console.dll");
            Assert.Equal(Prints.Text, (await outside.RunAsync("console", ChildProcess.Dotnet, program)).Succeeded());
        }

        // So code that was compiled ahead of time, where the package has it, has the bits of code that is compiled in the process.
        Assert.Equal(outside.Precompiled is { } system ? [system] : [], Systems("net10.0"));
        Assert.Empty(Systems("net9.0"));

        IEnumerable<string> Systems(string framework) =>
            from file in Directory.GetFiles(
                Path.Combine(outside.Root, "console", "bin", "Release", framework), "FastRnn.dll", SearchOption.AllDirectories)
            let folders = Path.GetDirectoryName(file)!.Split(Path.DirectorySeparatorChar)
            where folders[^2] == "lib"
            select folders[^3];
    }

    /// <summary>A project that says nothing of int8 weights has none of their code, and says what to say.</summary>
    [NativeFact]
    public async Task Compiled_natively_it_prints_the_same_bits_and_has_int8_only_if_it_asks_for_it()
    {
        Write("native",
            $"<TargetFramework>{NativeCompiler.Framework}</TargetFramework><PublishAot>true</PublishAot>"
            + "<TrimmerSingleWarn>false</TrimmerSingleWarn>");
        outside.Write("native", ("Int8.cs", Int8));
        (await outside.DotnetAsync(
            "native", "publish", "-c", "Release", "-r", NativeCompiler.Runtime, "-warnaserror", "--nologo", "-o", "out", NativeMap.Option))
            .SucceededWithoutWarnings();
        var folder = Path.Combine(outside.Root, "native");
        var program = Path.Combine(folder, "out", "native");
        Assert.Equal(Prints.Text, (await outside.RunAsync("native", program)).Succeeded());

        Assert.Empty(NativeMap.Int8Methods(folder));
        Assert.Equal(
            "Weights: this program was made without Int8. A native one has it if its project says FastRnnInt8=true.\n",
            (await ChildProcess.RunAsync(folder, new Dictionary<string, string> { ["ASK_FOR_INT8"] = "1" }, program)).Succeeded());
    }

    /// <summary>The project says no: the package does not overrule it, and the generator says what is missing.</summary>
    [Fact]
    public async Task A_project_that_forbids_unsafe_code_is_told_so()
    {
        Write("safe", "<TargetFramework>net10.0</TargetFramework><AllowUnsafeBlocks>false</AllowUnsafeBlocks>");
        var build = await outside.DotnetAsync("safe", "build", "-c", "Release", "--nologo");
        Assert.NotEqual(0, build.ExitCode);
        Assert.Contains("error FRNN053", build.Output, StringComparison.Ordinal);
    }

    /// <summary>That is NuGet's own message, and not one about types that nobody knows.</summary>
    [Fact]
    public async Task A_project_for_an_older_framework_is_told_for_which_ones_the_package_is()
    {
        Write("older",
            "<TargetFramework>net8.0</TargetFramework>"
            + "<DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences>");
        var restore = await outside.DotnetAsync("older", "restore", "--nologo");
        Assert.NotEqual(0, restore.ExitCode);
        Assert.Contains("error NU1202", restore.Output, StringComparison.Ordinal);
        Assert.Contains("net9.0 (.NETCoreApp,Version=v9.0)", restore.Output, StringComparison.Ordinal);
    }

    /// <summary>Native code for any other CPU is many times slower, and nothing says so. Unsafe code is for the project whose kernels need
    /// it.</summary>
    [Theory]
    [InlineData("net10.0", "x86-64-v3")]
    [InlineData("net9.0", "x86-x64-v3")]
    public async Task A_native_program_expects_the_same_CPU_with_the_package_and_with_a_library_that_has_it(string framework, string cpu)
    {
        var (library, program) = ($"library-{framework}", $"program-{framework}");
        Write(library, $"<TargetFramework>{framework}</TargetFramework>");
        outside.Write(program, ($"{program}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>{framework}</TargetFramework></PropertyGroup>
              <ItemGroup><ProjectReference Include="../{library}/{library}.csproj" /></ItemGroup>
            </Project>
            """));
        (await outside.DotnetAsync(program, "restore", "--nologo")).SucceededWithoutWarnings();

        Assert.Equal(cpu, await PropertyAsync(library, "IlcInstructionSet"));
        Assert.Equal(cpu, await PropertyAsync(program, "IlcInstructionSet"));
        Assert.Equal("native", await PropertyAsync(program, "IlcInstructionSet", "-p:IlcInstructionSet=native"));
        Assert.Equal("true", await PropertyAsync(library, "AllowUnsafeBlocks"));
        Assert.NotEqual("true", await PropertyAsync(program, "AllowUnsafeBlocks"));
    }

    /// <summary>What a native program's build would use: that is asked for, because it needs no native compiler.</summary>
    private async Task<string> PropertyAsync(string folder, string property, params string[] args) => (await outside.DotnetAsync(
        folder, ["msbuild", $"-getProperty:{property}", "-p:PublishAot=true", "-p:RuntimeIdentifier=linux-x64", .. args]))
            .Succeeded().Trim();

    private void Write(string name, string properties) => outside.Write(
        name,
        ("Program.cs", Program.Text),
        ("Library.cs", Library),
        ($"{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                {properties}
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <AnalysisLevel>latest-recommended</AnalysisLevel>
                <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
                <GenerateDocumentationFile>true</GenerateDocumentationFile>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="FastRnn" Version="{outside.Version}" />
              </ItemGroup>
            </Project>
            """));
}
