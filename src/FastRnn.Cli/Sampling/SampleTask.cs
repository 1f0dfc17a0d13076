using System.Text;

using FastRnn.Cli.Folders;
using FastRnn.Cli.Models;
using FastRnn.CompilerServices;

namespace FastRnn.Cli.Sampling;

/// <summary>Writes bytes to standard output as they come.</summary>
internal sealed class SampleTask(ModelFolder folder, SampleRequest request, Terminal terminal) : IByteModelTask<int>
{
    private const int Block = 4096;

    public int Run<TModel>(Func<int, TModel> create)
        where TModel : class, IModel<TModel>, ITokenModel
    {
        using var model = folder.Load<TModel>(out _);
        var prompt = Encoding.UTF8.GetBytes(request.Prompt);
        using var stream = new ByteStream<TModel>(model, prompt, request.Seed, request.Temperature, request.TopK);

        // A person wants each byte at once, a pipe wants few writes.
#pragma warning disable CA2000 // Disposing it would close standard output, which is not ours.
        var output = new BufferedStream(terminal.Bytes, Block);
#pragma warning restore CA2000
        output.Write(prompt);
        for (var i = 0L; i < request.Length && !terminal.Interrupt.IsCancellationRequested; i++)
        {
            output.WriteByte(stream.Next());
            if (terminal.IsLive)
            {
                output.Flush();
            }
        }

        if (terminal.IsLive)
        {
            output.WriteByte((byte)'\n');
        }

        output.Flush();
        return terminal.Interrupt.IsCancellationRequested ? ExitCodes.Interrupted : ExitCodes.Success;
    }
}
