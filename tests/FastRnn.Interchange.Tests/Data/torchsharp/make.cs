#:package TorchSharp-cpu@0.107.0
#:property ManagePackageVersionsCentrally=false
#:property TreatWarningsAsErrors=false
#:property PublishAot=false
// Writes the files of this folder: dotnet run make.cs. Its native library wants the libstdc++ of GCC 13 or newer.
using System.Text;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

random.manual_seed(20261130);
var tagger = new Tagger();
var x = randn(3, 5, 3);
tagger.save("tagger.dat");
Write("tagger.io.safetensors", ("input.x", x), ("output.y", tagger.forward(x)));

var words = new Words();
var tokens = randint(7, [2, 6], dtype: ScalarType.Int64);
words.save("words.dat");
Write("words.io.safetensors", ("input.tokens", tokens), ("output.y", words.forward(tokens)));

// Tensors in single precision, or of 64-bit integers.
static void Write(string path, params (string Name, Tensor Tensor)[] tensors)
{
    var header = new StringBuilder("{");
    using var data = new MemoryStream();
    foreach (var (name, tensor) in tensors)
    {
        var flat = tensor.detach().contiguous().flatten();
        var begin = data.Length;
        foreach (var value in flat.dtype == ScalarType.Int64 ? Bytes(flat.data<long>(), BitConverter.GetBytes)
            : Bytes(flat.data<float>(), BitConverter.GetBytes))
        {
            data.Write(value);
        }

        var type = flat.dtype == ScalarType.Int64 ? "I64" : "F32";
        header.Append(header.Length > 1 ? "," : "").Append(
            $"\"{name}\":{{\"dtype\":\"{type}\",\"shape\":[{string.Join(',', tensor.shape)}],\"data_offsets\":[{begin},{data.Length}]}}");
    }

    var text = Encoding.UTF8.GetBytes(header.Append('}').ToString());
    File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)text.Length), .. text, .. data.ToArray()]);
}

static IEnumerable<byte[]> Bytes<T>(IEnumerable<T> values, Func<T, byte[]> bytes) => values.Select(bytes);

// [T, B, 3] to [T, B, 2].
internal sealed class Tagger : Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.LSTM rnn = LSTM(3, 5, numLayers: 2, bidirectional: true);
    private readonly TorchSharp.Modules.Linear head = Linear(10, 2);

    public Tagger()
        : base("tagger") => RegisterComponents();

    public override Tensor forward(Tensor input) => head.forward(rnn.call(input).Item1);
}

// [B, T] to [B, 3]: the last step.
internal sealed class Words : Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Embedding embedding = Embedding(7, 4);
    private readonly TorchSharp.Modules.GRU rnn = GRU(4, 6, batchFirst: true);
    private readonly TorchSharp.Modules.Linear head = Linear(6, 3);

    public Words()
        : base("words") => RegisterComponents();

    public override Tensor forward(Tensor input) => head.forward(rnn.call(embedding.forward(input)).Item1.select(1, 5));
}
