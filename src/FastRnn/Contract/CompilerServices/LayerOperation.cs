using System.ComponentModel;

namespace FastRnn.CompilerServices;

/// <summary>What a layer computes (<c>LayerWiring</c>). All but <see cref="Kernel"/> are written once for every shape, in
/// <c>Kernels</c>; they have no products, and one state, their output.</summary>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public enum LayerOperation
{
    /// <summary>Generated kernels: a cell, or a dense layer. One source.</summary>
    Kernel,

    /// <summary>Rows of the table <c>[Vocabulary, Size]</c>, the layer's only parameter. Source:
    /// <c>LayerWiring.SourceInput</c>.</summary>
    Embedding,

    /// <summary>Each sequence backwards, by its own length. One source.</summary>
    Reverse,

    /// <summary>All sources, one behind the other.</summary>
    Concat,

    /// <summary>The sum of all sources, which are equally long.</summary>
    Sum,

    /// <summary>In training some numbers, drawn for each step of a sequence with probability <c>LayerWiring.Rate</c>, become 0 and
    /// the others are multiplied by <c>1 / (1 - Rate)</c>; in inference a copy. One source.</summary>
    Dropout,

    /// <summary>The last step of each sequence. Domain <see cref="TimeDomain.Single"/>, one source.</summary>
    PoolLast,

    /// <summary>The mean over the steps of each sequence. Domain <see cref="TimeDomain.Single"/>, one source.</summary>
    PoolMean,

    /// <summary>For each number its maximum over the steps of each sequence; of equal ones the first has the gradient. Domain
    /// <see cref="TimeDomain.Single"/>, one source.</summary>
    PoolMax,

    /// <summary>The context <c>c_t = sum_s alpha_ts values_s</c>, <c>alpha_t = softmax_s(Rate * query_t . keys_s)</c> over the steps of the
    /// encoder. Sources: query (main), keys, values (both of the encoder).</summary>
    DotAttention,

    /// <summary>As <see cref="DotAttention"/> with <c>alpha_t = softmax_s(v . tanh(query_t + keys_s))</c>; v is the layer's only
    /// parameter.</summary>
    AdditiveAttention,

    /// <summary>The first source, with the second (of domain <see cref="TimeDomain.Single"/>) added to step 0.</summary>
    AddFirst,

    /// <summary><c>LayerWiring.Activation</c> of each number. One source.</summary>
    Activation,

    /// <summary>Each number times <c>LayerWiring.Rate</c>. One source.</summary>
    Scale,

    /// <summary>The first source, with as many first numbers of the second, which is at least as long, added. Both of the same
    /// time.</summary>
    Skip,
}
