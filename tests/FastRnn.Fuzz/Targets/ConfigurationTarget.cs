using System.Text;

using FastRnn.Cli;
using FastRnn.Cli.Folders;
using FastRnn.Cli.Models;
using FastRnn.Cli.Sampling;
using FastRnn.CompilerServices;
using FastRnn.Files;
using FastRnn.Fuzz.Mutation;

namespace FastRnn.Fuzz.Targets;

/// <summary>The command line's <c>config.json</c>.</summary>
internal sealed class ConfigurationTarget : OwnTarget
{
    private ModelConfiguration? configuration;

    public override string Name => "config";

    public override string Reader => "ModelFolder.ReadConfiguration";

    public override string FileName => "config.json";

    public override byte[] Change(Random random, byte[] original) => SealedMutator.Change(random, original);

    public override string Numbers() => FuzzDigest.Of(configuration!.Text());

    protected override bool IsRefusal(Exception e) => e is CommandException or ModelFileException;

    // As the program writes it on standard error.
    protected override string Shown(Exception e) => PrintableText.Line(e.Message);

    protected override void Read(string path) => configuration = new ModelFolder(Path.GetDirectoryName(path)!).ReadConfiguration();

    protected override IReadOnlyList<FuzzSeed> MakeSeeds() =>
    [
        .. ByteModels.Declared.Select(cell => new ByteModelSpec { Cell = cell })
            .Select(spec => new FuzzSeed(FileName, ByteModels.Run(spec, new Configure(spec)))),
        new(FileName, ByteModels.Run(ByteModelSpec.Default, new Configure(new()
        {
            Cell = "My.Own",
            Dropout = 0.1,
            Zoneout = 0.1,
            Dimensions = [16],
            Code = new("my_cell.cs", [1, 2, 3], IsDeclaration: false),
        }))),
    ];

    private sealed class Configure(ByteModelSpec spec) : IByteModelTask<byte[]>
    {
        public byte[] Run<TModel>(Func<int, TModel> create)
            where TModel : class, IModel<TModel>, ITokenModel =>
            SealedText.Seal(Encoding.UTF8.GetBytes(ModelConfiguration.Of(spec, TModel.Info).Text() + "\n"));
    }
}
