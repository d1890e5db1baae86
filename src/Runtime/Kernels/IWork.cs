namespace NacrithOnnx.Runtime.Kernels;

/// <summary>Independent items of work: the result does not depend on their order or threads.</summary>
internal interface IWork
{
    void Run(int item);
}
